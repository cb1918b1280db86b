"""Invented Korean names, in Hangul and as lists of many hands write them in Latin letters."""

from __future__ import annotations

import random

_FAMILIES = """
    김 Kim, 이 Lee Yi Ri, 박 Park Pak, 최 Choi Choe, 정 Jung Jong Chong Jeong, 강 Kang,
    조 Cho Jo, 윤 Yoon Yun, 장 Jang Chang, 임 Lim Rim, 한 Han, 오 Oh, 서 Seo So, 신 Shin Sin,
    권 Kwon, 황 Hwang, 안 An Ahn, 송 Song, 류 Ryu Yoo, 홍 Hong, 문 Mun Moon, 백 Paek Baek,
    남 Nam, 허 Ho Heo, 전 Jon Jeon Chon
"""
_SYLLABLES = """
    영 Young Yong Yeong, 철 Chol Cheol Chul, 정 Jong Jung Jeong Chong, 은 Un Eun,
    성 Song Sung Seong, 호 Ho, 민 Min, 수 Su Soo, 현 Hyon Hyun Hyeon, 남 Nam, 일 Il,
    광 Kwang Gwang, 혁 Hyok Hyuk Hyeok, 명 Myong Myung Myeong, 국 Guk Kuk, 진 Jin Chin,
    룡 Ryong Yong, 해 Hae, 주 Ju Joo, 희 Hui Hee, 경 Kyong Kyung Gyeong, 옥 Ok, 상 Sang,
    동 Dong Tong, 학 Hak, 봉 Bong Pong, 근 Kun Geun Keun, 길 Gil Kil, 춘 Chun, 만 Man,
    용 Yong, 선 Son Sun Seon, 화 Hwa, 미 Mi, 지 Ji Chi, 연 Yon Yeon, 태 Tae, 원 Won,
    식 Sik Shik, 덕 Dok Tok Deok, 문 Mun Moon, 준 Jun Joon, 우 U Woo, 재 Jae Chae,
    순 Sun Soon, 병 Pyong Byong Byung, 여 Yo Yeo, 무 Mu
"""
"""Hangul and how it is spelt."""


def korean_people(count: int, dice: random.Random) -> list[tuple[str, str]]:
    """Names as (Latin, Hangul), no two with the same Hangul."""
    families, syllables = _spellings(_FAMILIES), _spellings(_SYLLABLES)
    made: dict[str, str] = {}
    while len(made) < count:
        family, (one, other) = dice.choice(families), dice.sample(syllables, 2)
        spelt = [dice.choice(each[1:]) for each in (family, one, other)]
        made.setdefault(family[0] + one[0] + other[0], _latin(*spelt, dice))
    return [(latin, hangul) for hangul, latin in made.items()]


def _spellings(table: str) -> list[list[str]]:
    return [line.split() for line in table.split(",")]


def _latin(last: str, one: str, other: str, dice: random.Random) -> str:
    way = dice.random()
    first = f"{one} {other}" if way < 0.5 else f"{one}-{other}" if way < 0.8 else f"{one}{other.lower()}"
    return f"{last} {first}" if dice.random() < 0.6 else f"{first} {last}"
