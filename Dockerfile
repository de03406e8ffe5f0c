# The site as one image: `docker compose up`. What it needs from outside is in docs/operations.md.
FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    DATA_DIR=/data
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY . .
RUN useradd --system --home-dir /data site && install -d -o site /data \
    && python tools/messages.py compile
USER site
VOLUME /data
EXPOSE 8000
# Style sheets are collected where they are served from: the data volume.
CMD ["sh", "-c", "python manage.py collectstatic --noinput --verbosity 0 && exec gunicorn --pythonpath .,site --bind 0.0.0.0:8000 --workers 2 --threads 4 config.wsgi"]
