#!/usr/bin/env python3
"""Recomputes every comparison and cut-off from the observations beside them: a second implementation of METHODS.md.

    python3 tests/recompute.py output/lu-dpa-2022/data

Reads observations.csv, comparisons.csv and cut_offs.csv of a publication, and indicators.toml and methods.toml of the project
for what is declared there. Shares no code with the program. Ends with 0 if every number agrees to 1e-9 and every word
exactly, with 1 and the differences if not, and with 3 if this Python cannot read TOML.
"""

import collections
import csv
import functools
import math
import pathlib
import sys

try:
    import tomllib
except ImportError:
    print("this Python has no tomllib (3.11 or newer is needed)", file=sys.stderr)
    sys.exit(3)

MEMBERS = "BE BG CZ DK DE EE IE EL ES FR HR IT CY LV LT LU HU MT NL AT PL PT RO SI SK FI SE".split()
AGGREGATES = {"EU27_2020", "EU28", "EU27", "EU27PLUS", "EU", "EU_AVG"}
ROOT = pathlib.Path(__file__).resolve().parent.parent
TOLERANCE = 1e-9


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    return None if text == "" else float(text)


def thresholds():
    with open(ROOT / "input" / "methods.toml", "rb") as file:
        return {entry["id"]: entry["value"] for entry in tomllib.load(file)["threshold"]}


def indicators():
    """Code -> polarity (1, -1 or 0), averages, kind of unit."""
    with open(ROOT / "input" / "indicators.toml", "rb") as file:
        declared = tomllib.load(file)
    found = {}
    for group in declared["group"]:
        for own in group["indicator"]:
            both = {**group, **own}
            found[own["code"]] = {
                "sign": {"higher": 1, "lower": -1}.get(both.get("polarity"), 0),
                "averages": both.get("averages", []),
                "kind": declared["unit"][both["unit"]]["kind"],
                "unit": both["unit"],
            }
    return found


@functools.cache
def years(period):
    """First and last year of a period, and what kind it is."""
    if len(period) == 4:
        return int(period), int(period), "year"
    head, tail = period.split("-", 1)
    if len(tail) == 4:
        return int(head), int(tail), "biennium"
    return int(head), int(head), tail[0] if tail[0].isalpha() else "month"


def moment(values):
    mean = math.fsum(values) / len(values)
    deviation = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / len(values))
    return mean, 0.0 if max(values) == min(values) else deviation


class Series:
    """One indicator in one edition, unit and breakdown: period -> geo -> row."""

    def __init__(self, limits, declared):
        self.at = collections.defaultdict(dict)
        self.limits, self.declared = limits, declared

    def value(self, period, geo):
        row = self.at[period].get(geo)
        return None if row is None else row["value"]

    def flag(self, period, geo, flag):
        row = self.at[period].get(geo)
        return row is not None and flag in row["obs_status"]

    def periods(self):
        return sorted(self.at, key=lambda p: (years(p)[1], p))

    def like(self, period):
        return [p for p in self.periods() if years(p)[2] == years(period)[2]]

    def between(self, first, last):
        return [p for p in self.periods() if (years(first)[1], first) < (years(p)[1], p) <= (years(last)[1], last)]

    def broken(self, geo, first, last):
        return any(self.flag(p, geo, "b") for p in self.between(first, last))

    def change(self, period, geo):
        """Difference to the previous period with a value, where that, and whether it is refused."""
        now = self.value(period, geo)
        earlier = self.like(period)[: self.like(period).index(period)]
        earlier = [p for p in earlier if self.value(p, geo) is not None]
        if now is None or not earlier:
            return None, None
        last = earlier[-1]
        if years(period)[2] == "biennium" and years(last)[1] >= years(period)[0]:
            return None, last
        if self.broken(geo, last, period):
            return None, last
        return now - self.value(last, geo), last

    def members(self, period):
        return [g for g in MEMBERS if self.value(period, g) is not None]

    def levels(self, period):
        values = [self.value(period, g) for g in self.members(period)]
        return (*moment(values), len(values)) if len(values) >= self.limits["quorum"] else None

    def shifts(self, period):
        if self.levels(period) is None:
            return None
        changes = [self.change(period, g)[0] for g in MEMBERS]
        changes = [c for c in changes if c is not None]
        return (*moment(changes), len(changes)) if len(changes) >= self.limits["quorum"] else None

    def rank(self, period, geo, among):
        values = {g: self.value(period, g) for g in among}
        values = {g: v for g, v in values.items() if v is not None}
        if geo not in values:
            return None, None
        best = min if self.declared["sign"] < 0 else max
        ahead = sum(1 for v in values.values() if v != values[geo] and best(v, values[geo]) == v)
        return ahead + 1, len(values)

    def level_class(self, period, geo):
        levels, shifts, sign = self.levels(period), self.shifts(period), self.declared["sign"]
        value, change = self.value(period, geo), self.change(period, geo)[0]
        if sign == 0 or geo not in MEMBERS or None in (levels, shifts, value, change) or levels[1] == 0 or shifts[1] == 0:
            return ""
        level = -sign * (value - levels[0]) / levels[1]
        shift = -sign * (change - shifts[0]) / shifts[1]
        half, one = self.limits["class-near"], self.limits["class-far"]
        rules = [
            (shift >= one and sign * change >= 0 and -half < level <= half, "on average"),
            (shift >= one and sign * change >= 0 and -one < level <= -half, "better than average"),
            (shift >= one and sign * change >= 0 and level <= -one, "best performers"),
            (level > one and shift > -one, "critical situation"),
            ((half < level <= one and shift > -one) or (-half < level <= half and shift > one), "to watch"),
            (level > half and shift <= -one, "weak but improving"),
            (level <= -half and shift > one, "good but to monitor"),
            ((-one < level <= -half and shift <= one) or (-half < level <= half and shift <= -one), "better than average"),
            (level <= -one and shift <= one, "best performers"),
            (True, "on average"),
        ]
        return next(word for applies, word in rules if applies)

    def averages(self, period):
        """Published ones in their order; else the unweighted mean with its quorum."""
        published = [(g, "published", self.value(period, g)) for g in self.declared["averages"] if self.value(period, g) is not None]
        if published:
            return published
        levels = self.levels(period)
        return [("EU27_2020", "computed unweighted", levels[0])] if levels else []

    def trend(self, period, geo, target, span, exact):
        last = self.value(period, geo)
        if last is None:
            return "not assessed: no value", None
        earlier = [p for p in self.like(period) if years(p)[1] < years(period)[1] and self.value(p, geo) is not None]
        if exact:
            start = [p for p in earlier if years(p)[1] == years(period)[1] - span]
            if not start and earlier:
                return "not assessed: no value for", None
        else:
            start = [p for p in earlier if years(p)[1] >= years(period)[1] - span]
        if not start:
            return "not assessed: fewer than two points", None
        start, sign = start[0], self.declared["sign"]
        if sign == 0:
            return "not assessed: neither direction is progress", None
        first, gone = self.value(start, geo), years(period)[1] - years(start)[1]
        if self.broken(geo, start, period):
            return "not assessed: break in series", None
        for fails, why in [(first == 0, "zero base"), (first * last < 0, "mixed signs"), (first < 0, "negative values")]:
            if fails:
                return "not assessed: " + why, None
        growth = (last / first) ** (1 / gone) - 1
        if target is None:
            threshold = self.limits["trend-significant"] / 100
            turned = sign * growth
            words = ["significant progress", "moderate progress", "moderate movement away", "significant movement away"]
            return words[0 if turned >= threshold else 1 if turned >= 0 else 2 if turned > -threshold else 3], start
        met = (lambda v: v >= target) if sign > 0 else (lambda v: v <= target)
        if met(last):
            return "target met", start
        if met(first):
            return "movement away", start
        required = (target / first) ** (1 / (2030 - years(start)[1])) - 1
        part = 100 * growth / required
        if part >= self.limits["target-significant"]:
            return "significant progress", start
        if part >= self.limits["target-moderate"]:
            return "moderate progress", start
        return ("insufficient progress" if part >= 0 else "movement away"), start

    def comparable(self, period, geo, average):
        return self.value(period, geo) is not None and not self.flag(period, geo, "d") and not self.flag(period, average, "d")

    def convergence(self, period, geo, average, kind):
        for first in self.like(period):
            if first == period:
                return None, None
            then = [a for g, k, a in self.averages(first) if (g, k) == (average, kind)]
            if then and self.comparable(first, geo, average):
                if self.broken(geo, first, period) or self.broken(average, first, period):
                    return None, None
                now = next(a for g, k, a in self.averages(period) if (g, k) == (average, kind))
                return abs(self.value(period, geo) - now) - abs(self.value(first, geo) - then[0]), first
        return None, None


class Check:
    def __init__(self):
        self.compared, self.wrong = 0, []

    def same(self, where, column, written, expected):
        self.compared += 1
        if isinstance(expected, str):
            agrees = written == expected
        elif expected is None or written == "":
            agrees = written == "" and expected is None
        else:
            agrees = abs(float(written) - expected) <= TOLERANCE * max(1.0, abs(expected))
        if not agrees:
            self.wrong.append(f"{where} {column}: written {written!r}, recomputed {expected!r}")


def key(row):
    return row["indicator"], row["edition"], row["unit"], row["breakdown"]


def check_comparison(check, series, row):
    period, geo, average, kind = row["time_period"], row["geo"], row["average_geo"], row["average_kind"]
    where = f"{row['indicator']}/{geo}/{period}/{row['edition']} beside {average or 'nothing'}"
    value = series.value(period, geo)
    countries = [g for g in series.at[period] if g not in AGGREGATES]
    check.same(where, "country_value", row["country_value"], value)
    for columns, among in [(("rank", "rank_of"), countries), (("rank_eu", "rank_eu_of"), MEMBERS)]:
        for column, expected in zip(columns, series.rank(period, geo, among)):
            check.same(where, column, row[column], expected)
    levels = series.levels(period)
    score = (value - levels[0]) / levels[1] if value is not None and levels and levels[1] > 0 else None
    check.same(where, "z_score", row["z_score"], score)
    change, since = series.change(period, geo)
    check.same(where, "change", row["change"], change)
    check.same(where, "change_from", row["change_from"], since or "")
    check.same(where, "level_class", row["level_class"], series.level_class(period, geo))
    target = number(row["target"])
    check.same(where, "target_gap", row["target_gap"], None if target is None or value is None else value - target)
    short, _ = series.trend(period, geo, target, int(series.limits["trend-short"]), True)
    written = row["trend_short"]
    check.same(where, "trend_short", written[: len(short)] if short.endswith("no value for") else written, short)
    long, start = series.trend(period, geo, target, int(series.limits["trend-long"]), False)
    check.same(where, "trend_long", row["trend_long"], long)
    check.same(where, "trend_long_from", row["trend_long_from"], start or "")
    held = {(g, k): v for g, k, v in series.averages(period)}
    if (average, kind) not in held:
        check.same(where, "averages", average, "" if not held else sorted(held)[0][0])
        check.same(where, "gap", row["gap"], None)
        return
    mean = held[(average, kind)]
    check.same(where, "average_value", row["average_value"], mean)
    gap = value - mean if series.comparable(period, geo, average) else None
    check.same(where, "gap", row["gap"], gap)
    check.same(where, "ratio", row["ratio"], None if gap is None or mean == 0 else value / mean)
    check.same(where, "incomparable", "yes" if row["incomparable"] else "no", "yes" if gap is None else "no")
    band, own = float(row["band"]), {"percent": "band-share", "score 0-100": "band-score-100", "score 1-4": "band-score-4"}
    own = series.limits[own[series.declared["kind"]]] if series.declared["kind"] in own else 0
    step = round(math.log10(band), 9)
    check.same(where, "band", "fits" if band == own or (band > own and step == int(step)) else row["band"], "fits")
    if gap is None:
        check.same(where, "position", row["position"], "")
    else:
        position = "close to" if round(abs(gap), 12) <= band else "above" if gap > 0 else "below"
        check.same(where, "position", row["position"], position)
    convergence, first = series.convergence(period, geo, average, kind) if gap is not None else (None, None)
    check.same(where, "convergence", row["convergence"], convergence)
    check.same(where, "convergence_from", row["convergence_from"], first or "")


def check_cut_off(check, series, row):
    period = row["time_period"]
    where = f"cut-off {row['indicator']}/{period}/{row['edition']}"
    half, one = series.limits["class-near"], series.limits["class-far"]
    for before, moments in [("", series.levels(period)), ("change_", series.shifts(period))]:
        if moments is None:
            check.wrong.append(f"{where}: too few members for a cut-off")
            continue
        mean, deviation, members = moments
        check.same(where, before + "mean", row[before + "mean"], mean)
        check.same(where, before + "standard_deviation", row[before + "standard_deviation"], deviation)
        check.same(where, before + "members", row[before + "members"], members)
        for name, bound in zip(("t1", "t2", "t3", "t4"), (-one, -half, half, one)):
            check.same(where, before + name, row[before + name], mean + bound * deviation)


def main(folder):
    folder = pathlib.Path(folder)
    limits, declared = thresholds(), indicators()
    series = {}
    for row in rows(folder / "observations.csv"):
        held = series.setdefault(key(row), Series(limits, declared[row["indicator"]]))
        row["value"] = number(row["obs_value"])
        held.at[row["time_period"]].setdefault(row["geo"], row)
    # Recomputing is quadratic in the periods of a series: remember what many countries share.
    for held in series.values():
        for name in ("periods", "levels", "shifts", "like", "averages"):
            setattr(held, name, remember(getattr(held, name)))
    check = Check()
    comparisons, cut_offs = rows(folder / "comparisons.csv"), rows(folder / "cut_offs.csv")
    for row in comparisons:
        check_comparison(check, series[key(row)], row)
    for row in cut_offs:
        check_cut_off(check, series[key(row)], row)
    classed = {(*key(r), r["time_period"]) for r in comparisons if r["level_class"]}
    missing = classed - {(*key(r), r["time_period"]) for r in cut_offs}
    check.wrong.extend(f"no cut-off for the classes of {m}" for m in sorted(missing))
    for line in check.wrong[:40]:
        print(line)
    print(f"{len(comparisons)} comparisons and {len(cut_offs)} cut-offs: {check.compared} cells recomputed, {len(check.wrong)} differ")
    return 1 if check.wrong or not check.compared else 0


def remember(method):
    known = {}

    def answer(*period):
        if period not in known:
            known[period] = method(*period)
        return known[period]

    return answer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
