"""One name against many: candidates, comparison, score with its reasons."""
