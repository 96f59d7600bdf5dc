"""Writes the files beside this script with NumPy and the safetensors package.

    python -m pip install numpy==2.4.6 safetensors==0.8.0
    python make_fixtures.py

`expected.json` holds, for every file and array, its shape and the bit patterns of its elements as
32-bit floats, so that NaN and the last bit are compared too.
"""

import json
import pathlib
import warnings

import numpy as np
import safetensors
import safetensors.numpy

here = pathlib.Path(__file__).parent
expected = {}


def bits(array):
    with np.errstate(over="ignore"):
        array = np.ascontiguousarray(array, dtype=np.float32).reshape(array.shape)
    return {"shape": list(array.shape), "bits": array.view(np.uint32).ravel().tolist()}


def save(name, array, version=None):
    with open(here / name, "wb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        np.lib.format.write_array(file, array, version=version)
    expected[name] = {"": bits(array)}


special = [0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 65504.0, 65519.9, 6e-8, 1e-40, np.inf, np.nan]
with np.errstate(over="ignore"):
    floats = {size: np.array(special, dtype=f"f{size}").reshape(3, 4) for size in (2, 4, 8)}
integers = {}
for kind in "iu":
    for size in (1, 2, 4, 8):
        info = np.iinfo(f"{kind}{size}")
        integers[f"{kind}{size}"] = np.array(
            [[info.min, info.max, 0], [1, 100, info.max // 3]], dtype=f"{kind}{size}")
boolean = np.array([True, False, True])

for size, array in floats.items():
    save(f"f{size}-little.npy", array.astype(f"<f{size}"))
    save(f"f{size}-big.npy", array.astype(f">f{size}"))
for name, array in integers.items():
    save(f"{name}-little.npy", array.astype(f"<{name}"))
    save(f"{name}-big.npy", array.astype(f">{name}"))
save("bool.npy", boolean)

cube = np.arange(24, dtype="<f4").reshape(2, 3, 4)
save("fortran.npy", np.asfortranarray(cube))
save("version2.npy", cube, version=(2, 0))
save("version3.npy", cube, version=(3, 0))
save("scalar.npy", np.array(2.5, dtype="<f4"))
save("empty.npy", np.zeros((0, 3), dtype="<f4"))
save("double-rounding.npy", np.array([1 + 2.0**-24, 1 + 3 * 2.0**-24, 1e300, 1e-46, 7e-46]))

refused = {
    "object.npy": np.array([None, 1], dtype=object),
    "complex.npy": np.array([1j], dtype="<c8"),
    "bytes.npy": np.array([b"abc"]),
    "text.npy": np.array(["abc"]),
    "structured.npy": np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f4")]),
    "time.npy": np.array(["2024-01-01"], dtype="<M8[D]"),
    "long-double.npy": np.array([1], dtype=np.longdouble),
}
for name, array in refused.items():
    np.save(here / name, array, allow_pickle=True)

arrays = {"weights": floats[4], "counts": integers["i8"], "cube": np.asfortranarray(cube)}
np.savez(here / "stored.npz", **arrays)
np.savez_compressed(here / "deflated.npz", **arrays)
for name in ("stored.npz", "deflated.npz"):
    expected[name] = {key: bits(value) for key, value in arrays.items()}

tensors = {f"f{size}": array for size, array in floats.items()} | integers
tensors |= {"bool": boolean, "scalar": np.array(2.5, dtype="<f4"), "empty": np.zeros((0, 3), "f4")}
tensors["naïve \"name\"\n"] = cube
safetensors.numpy.save_file(
    tensors, here / "types.safetensors", metadata={"format": "np", "note": "größer\t\\ 😀"})
expected["types.safetensors"] = {name: bits(array) for name, array in tensors.items()}


def raw(name, dtype, shape, data):
    data = np.frombuffer(data, dtype=np.uint8)
    spec = safetensors.TensorSpec(
        dtype=dtype, shape=shape, data_ptr=data.ctypes.data, data_len=data.nbytes)
    (here / name).write_bytes(safetensors.serialize({"raw": spec}, None))


patterns = np.array(
    [0x0000, 0x8000, 0x3F80, 0xBFC0, 0x3DCD, 0x7F80, 0xFF80, 0x7FC0, 0x0001, 0x7F7F], dtype="<u2")
raw("bfloat16.safetensors", "bfloat16", [2, 5], patterns.tobytes())
expected["bfloat16.safetensors"] = {
    "raw": bits((patterns.astype(np.uint32) << 16).view(np.float32).reshape(2, 5))}
raw("float8.safetensors", "float8_e4m3fn", [4], bytes([0, 1, 2, 3]))

rng = np.random.default_rng(1)
printed = [
    np.array([1.0, 2.0, 3.0]), np.array([1.5, 2.25, -3.0]), np.array([[0.1, 0.2], [10.0, 100.0]]),
    np.array([1e-5, 1.0]), np.array([1e6, 1.0]), np.array([999999.0, 1000.0]), np.array([1e10]),
    np.array([0.0, -0.0]), np.array([np.nan, 1.0]), np.array([np.inf, -np.inf, 0.5]),
    np.array([np.nan, np.nan]), np.array([np.inf, 1e-10, np.nan]), np.array([1e-45, 3.4e38]),
    np.array([0.00012345678, 0.1]), np.array([1 / 3, 2 / 3, 1]), np.array([-1234.5678, 12.0, 3.0]),
    np.array([0.0001, 0.1]), np.array([0.00099999, 1.0]), np.array([16777216.0, 1e7]),
    np.array([0.3]), np.zeros((0,)), np.zeros((0, 3)), np.zeros((2, 2, 2)),
    np.arange(24).reshape(2, 3, 4), np.arange(16).reshape(2, 2, 2, 2), rng.normal(size=(3, 5)),
    rng.normal(size=40), rng.normal(size=(2, 30)), rng.normal(size=(2, 2, 13)), np.arange(1000),
    np.arange(1001), rng.normal(size=(26, 40)), rng.normal(size=(6, 170)), rng.normal(size=(3, 4, 7, 12)),
    rng.normal(size=(255, 4)), rng.uniform(0, 1e-3, size=(3, 3)), np.arange(1001) * 1e5,
    np.array([5.0]).reshape(1, 1), rng.integers(0, 256, size=(4, 25)), np.full((1001,), np.nan),
]
with np.errstate(over="ignore"):
    printed = [array.astype(np.float32) for array in printed]
(here / "printing.json").write_text(json.dumps([
    bits(array) | {
        "str": str(array),
        "repr": np.array2string(array, separator=", ", prefix="Tensor(", suffix=")"),
    } for array in printed]))

(here / "expected.json").write_text(json.dumps(expected, ensure_ascii=False))
