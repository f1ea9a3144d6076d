ARG BASE_IMAGE=python:3.11-slim

# Where the packages are installed; pip and uv stay behind here.
FROM ${BASE_IMAGE} AS packages
# Build of PyTorch: cpu, or one for CUDA such as cu130, which is gigabytes larger; empty: the one that pip finds.
ARG TORCH_BACKEND=cpu
# More options for pip.
ARG PIP_ARGS=""
ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    UV_NO_CACHE=1

RUN python -m venv --without-pip /venv
COPY requirements.txt requirements-optuna.txt ./
RUN if [ -n "${TORCH_BACKEND}" ]; then \
        python -m pip install --target /uv uv==0.13.9 && \
        /uv/bin/uv pip install --python /venv --no-deps --torch-backend "${TORCH_BACKEND}" \
            "$(grep '^torch==' requirements.txt)"; \
    fi
RUN python -m pip --python /venv install ${PIP_ARGS} -r requirements.txt -r requirements-optuna.txt
# What nothing uses at run time: the packages' own tests, maps of scripts, and torch's headers and tools for C++.
RUN find /venv -depth -type d -name tests -exec rm -r {} + && \
    find /venv -name '*.map' -delete && \
    cd /venv/lib/python3*/site-packages/torch && rm -rf include share test && \
    find bin -type f ! -name torch_shm_manager -delete

FROM ${BASE_IMAGE}
ENV PATH=/venv/bin:${PATH} \
    PYTHONUNBUFFERED=1
RUN useradd --create-home --uid 10001 playground
WORKDIR /app

COPY --from=packages /venv /venv
COPY .streamlit/config.toml .streamlit/
COPY app.py ./
COPY playground playground/
COPY pages pages/
# A training shows that nothing is missing.
RUN python -m compileall -q app.py playground pages && \
    python -m playground train num_epochs=1 --json /dev/null

USER playground
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/healthz', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501"]
