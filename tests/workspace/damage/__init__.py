"""Every way in which a publication can be bad: made from each source's own sample, so a new source is spoilt as it comes."""

from .anything import ANYTHING, OTHER_THINGS, PAGES
from .samples import Damage, Sample, all_samples
from .tables import TABLES
from .workbooks import WORKBOOKS
from .xml import ITS_BEGINNING, XML

DAMAGES: tuple[Damage, ...] = (*ANYTHING, *TABLES, *XML, *WORKBOOKS)

__all__ = ["DAMAGES", "ITS_BEGINNING", "OTHER_THINGS", "PAGES", "Damage", "Sample", "all_samples"]
