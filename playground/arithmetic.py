"""How the library that multiplies torch's matrices is told to round; it asks once, before its first product.

On an Intel processor MKL rounds a row of a product by how many other rows there are, unless it is told to be strict.
On others, and where there is no MKL, there is nothing to tell.

Source: Intel oneAPI Math Kernel Library, Developer Guide, "Obtaining numerically reproducible results".
"""

import os
from itertools import takewhile
from pathlib import Path

VARIABLE = "MKL_CBWR"
PROCESSORS = Path("/proc/cpuinfo")
INTEL = "GenuineIntel"
STRICT = {"avx512f": "AVX512,STRICT", "avx2": "AVX2,STRICT"}  # an instruction set and its branch, best first


def be_strict() -> None:
    """Ask for rows that do not depend on their company; a setting of a person's own stays, an empty one too."""
    if VARIABLE not in os.environ and (branch := strict_branch(PROCESSORS)):
        os.environ[VARIABLE] = branch


def strict_branch(processors: Path) -> str:
    """The setting for this machine; "" where there is none.

    Args:
        processors: what Linux says of each processor, in the form of /proc/cpuinfo.
    """
    try:
        with processors.open(encoding="utf-8", errors="replace") as lines:
            first = dict(line.split(":", 1) for line in takewhile(str.strip, lines) if ":" in line)
    except OSError:  # another system
        return ""
    facts = {name.strip(): value.split() for name, value in first.items()}
    if facts.get("vendor_id") != [INTEL]:
        return ""
    return next((branch for name, branch in STRICT.items() if name in facts.get("flags", [])), "")
