# One image for `serve` (the default), `work` and `migrate`; settings are WORKOUT_* variables.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app
RUN python -m venv /opt/workout
ENV PATH="/opt/workout/bin:$PATH"
# The image holds the checkout's layout, so that code finds its migrations as it does there.
COPY requirements/build.txt requirements/runtime.txt requirements/
RUN pip install --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md ./
COPY src src
RUN pip install --no-deps --no-build-isolation -e . \
    && pip uninstall -y -r requirements/build.txt \
    && pip install --require-hashes -r requirements/runtime.txt \
    && python -m compileall -q src
COPY migrations migrations

FROM python:3.11-slim-bookworm
ENV PATH="/opt/workout/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    WORKOUT_ENVIRONMENT=production \
    WORKOUT_HOST=0.0.0.0
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin workout
COPY --from=build /opt/workout /opt/workout
COPY --from=build /app /app
WORKDIR /app
USER 10001:10001
EXPOSE 8000 8081
# The API's own port; a container that runs `work` passes --health-cmd for its WORKOUT_WORKER_PORT.
HEALTHCHECK --interval=15s --timeout=4s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('WORKOUT_PORT', '8000') + '/health/live', timeout=3)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["workout"]
CMD ["serve"]
