-- Where uploaded slugs were made; a build's slug has the id of its build.
CREATE TABLE slug_index (
    id text NOT NULL PRIMARY KEY,
    app_id text NOT NULL
);
CREATE INDEX slug_index_app ON slug_index (app_id);
