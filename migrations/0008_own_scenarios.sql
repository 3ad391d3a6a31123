-- Scenarios that an organisation writes itself. scenario names the text by its content: what a run is asked with.
CREATE TABLE own_scenario (
    id TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL,
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL,
    scenario TEXT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT NOT NULL
);

CREATE INDEX own_scenario_organisation ON own_scenario (organisation, changed_at);

CREATE INDEX own_scenario_scenario ON own_scenario (scenario);

-- The text that a run was computed with, as long as there is one: the scenario itself may be changed or deleted.
CREATE TABLE scenario_copy (
    id TEXT NOT NULL PRIMARY KEY,
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL,
    content TEXT NOT NULL
);
