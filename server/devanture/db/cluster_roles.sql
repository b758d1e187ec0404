-- Read by psql as the superuser of the private cluster; may be run again at each start.
-- Variables: database, extensions (names with commas between). \gexec runs each statement that a row holds.
\set ON_ERROR_STOP on

SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', role)
  FROM unnest(ARRAY['devanture_owner', 'devanture_app']) AS role
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec

-- template0 takes the encoding and locale of the cluster and nothing that somebody left in template1.
SELECT format('CREATE DATABASE %I OWNER devanture_owner TEMPLATE template0', :'database')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'database') \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO devanture_app', :'database') \gexec

\connect :"database"
SELECT format('CREATE EXTENSION IF NOT EXISTS %I', name)
  FROM unnest(string_to_array(:'extensions', ',')) AS name
 WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = name) \gexec
