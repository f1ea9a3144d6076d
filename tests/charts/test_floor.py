import subprocess
import sys


def test_charts_import_neither_streamlit_nor_torch():
    modules = "byte_message curve_rows curves decision_map histograms layers pictures predictions theme update_ratio"
    names = ", ".join(f"playground.charts.{module}" for module in modules.split())
    script = f"import sys, {names}; sys.exit(bool({{'streamlit', 'torch'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
