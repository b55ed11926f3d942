#!/bin/sh
# Run once by the PostgreSQL image on an empty volume. The application's role is no superuser:
# the wall between tenants is made of roles, and a superuser walks through it.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$APPLICATION_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE tieubieu LOGIN CREATEDB CREATEROLE PASSWORD :'password';
CREATE DATABASE tieubieu OWNER tieubieu TEMPLATE template0 ENCODING 'UTF8'
  LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8';
SQL
