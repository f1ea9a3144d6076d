ARG BASE_IMAGE=python:3.11-slim
FROM ${BASE_IMAGE}

# Options for pip; an index of PyTorch's CPU wheels keeps gigabytes of CUDA out of the image:
# docker build --build-arg PIP_ARGS="--extra-index-url ..." -t playground .
ARG PIP_ARGS=""

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

RUN useradd --create-home --uid 10001 playground
WORKDIR /app

COPY requirements.txt ./
RUN python -m pip install ${PIP_ARGS} -r requirements.txt

COPY .streamlit/config.toml .streamlit/
COPY app.py ./
COPY playground playground/
COPY pages pages/
RUN python -m compileall -q app.py playground pages

USER playground
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/healthz', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501"]
