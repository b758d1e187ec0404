#!/bin/sh
# Run once by the image of PostGIS, on an empty folder: the two roles and the database (docs/operator.md).
set -eu
psql -v ON_ERROR_STOP=1 -v app="$APP_PASSWORD" -v owner="$OWNER_PASSWORD" --username postgres <<'SQL'
CREATE ROLE devanture_owner LOGIN PASSWORD :'owner';
CREATE ROLE devanture_app LOGIN PASSWORD :'app';
CREATE DATABASE devanture OWNER devanture_owner;
\connect devanture
CREATE EXTENSION postgis;
SQL
