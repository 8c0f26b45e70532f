-- How each app is and whose it is, to look for it by. The status of apps that are there already is concluded when their formations look next: the last statement asks
-- them to.
ALTER TABLE app_index ADD COLUMN status TEXT NOT NULL DEFAULT 'Unknown';
ALTER TABLE app_index ADD COLUMN owner_id TEXT NOT NULL DEFAULT '';
UPDATE app_index SET owner_id = json_extract(view, '$.owner.id');
DROP INDEX app_index_name;
-- With all that rows are chosen by: those that are passed over cost no look into their view.
CREATE INDEX app_index_name ON app_index (name, id, status, owner_id);
INSERT INTO unfinished_work (kind, grain_key) SELECT 'formation', id FROM app_index WHERE 1 = 1 ON CONFLICT DO NOTHING;
