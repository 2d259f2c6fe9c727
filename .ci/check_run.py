"""Checks a run folder as a user's tools would read it."""

import json
import re
import sys
from pathlib import Path

import pandas as pd

COLUMNS = (
    "scenario,time_period,time_identifier,geographic_level,new_la_code,la_name,indicator,unit,"
    "age_group,sex,primary_need,setting,phase,service,category,basis,mean,sd,p05,p10,p25,p50,p75,"
    "p90,p95,monte_carlo_error"
).split(",")

folder = Path(sys.argv[1])
text = {"time_period": str}
indicators = pd.read_csv(folder / "indicators.csv", dtype=text)
assert list(indicators.columns) == COLUMNS, list(indicators.columns)
comparison = pd.read_csv(folder / "comparison.csv", dtype=text)
for column in ("probability_lower", "probability_higher", "variance_reduction"):
    assert column in comparison.columns, column

for name, table in (("indicators", indicators), ("comparison", comparison)):
    parquet = pd.read_parquet(folder / f"{name}.parquet")
    parquet["time_period"] = parquet["time_period"].astype(str)
    pd.testing.assert_frame_equal(parquet, table, check_dtype=False, check_exact=True)

breakdowns = ["age_group", "sex", "primary_need", "setting", "phase", "service", "category"]
totals = indicators[(indicators[breakdowns] == "Total").all(axis=1)]
checked = 0
for scenario, rows in totals.groupby("scenario"):
    value = {(r.indicator, r.time_period): r.mean for r in rows.itertuples(index=False)}
    years = sorted(p for i, p in value if i == "new_plans")
    for year in years:
        start = f"{int(year) - 1}{int(year) % 100:02}"
        end = f"{year}{(int(year) + 1) % 100:02}"
        expected = (
            value["ehc_plans", start]
            + value["new_plans", year]
            + value["plans_moved_in", year]
            - value["plans_ceased", year]
            - value["plans_moved_out", year]
        )
        assert abs(expected - value["ehc_plans", end]) < 1e-6 * expected, (scenario, year)
        checked += 1

for margin in breakdowns:
    others = [b for b in breakdowns if b != margin]
    rows = indicators[(indicators[others] == "Total").all(axis=1) & (indicators[margin] != "Total")]
    rows = rows[~rows["unit"].isin(["percent", "weeks", "probability"])]  # these do not add up
    keys = ["scenario", "time_period", "time_identifier", "indicator", "basis"]
    sums = rows.groupby(keys)["mean"].sum()
    whole = totals.set_index(keys)["mean"].reindex(sums.index)
    assert (abs(sums - whole) < 1e-6 * whole.abs().clip(lower=1)).all(), margin

money = totals[(totals["time_identifier"] == "Financial year") & (totals["basis"] == "cash")]
for scenario, rows in money.groupby("scenario"):
    value = {(r.indicator, r.time_period): r.mean for r in rows.itertuples(index=False)}
    for indicator, year in value:
        if indicator == "dsg_in_year_balance_pounds":
            left = value["high_needs_block_pounds", year] - value["high_needs_spend_pounds", year]
            assert abs(left - value[indicator, year]) < 1, (scenario, year)

plan = pd.read_csv(folder / "returns" / "local_send_reform_plan.csv", dtype={"table": str})
whole = {(r.scenario, r.indicator, r.time_period): r.mean for r in totals.itertuples(index=False)}
for (scenario, table, year), rows in plan.groupby(["scenario", "table", "year"]):
    stock = ("ehc_plans", f"{year}{(int(year) + 1) % 100:02}")
    flows = {"10": "requests", "11": "assessments", "12": "new_plans"}
    indicator, period = (flows[table], str(year)) if table in flows else stock
    found = rows["mean"].sum()
    # Parts are written to a tenth.
    assert abs(found - whole[scenario, indicator, period]) < 0.05 * len(rows) + 1, (table, year)

sheet = pd.read_csv(folder / "returns" / "local_send_reform_plan_assumptions.csv")
numbers = sheet[sheet["kind"] == "number"]
assert len(numbers) > 100 and numbers["value"].notna().all() and numbers["source"].notna().all()
assert not numbers["what"].str.contains("price|capital", case=False).any()
acting = {r.scenario for r in sheet.itertuples(index=False) if r.kind == "action"}
assert acting == set(plan["scenario"]) - {"baseline"}, acting

page = (folder / "report.html").read_text()
assert not re.search(r'(src|href)="https?://', page), "the report asks for something outside"
assert page.count("<svg") == page.count('role="img"'), "a chart has no text alternative"
manifest = json.loads((folder / "manifest.json").read_text())
assert "time" not in manifest and manifest["seed"], "the manifest holds no clock time"
assert (folder / "workbook.xlsx").stat().st_size > 10_000
print(f"run folder: {len(indicators)} rows, identity holds in {checked} scenario-years")
