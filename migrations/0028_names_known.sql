-- How often names, numbers and departments of students changed: what is remembered of them holds
-- for one count. Most commits change none, and thousands are read for a list.
CREATE TABLE student_names (
    changes INTEGER NOT NULL
) STRICT;
INSERT INTO student_names (changes) VALUES (0);

CREATE TRIGGER student_names_insert AFTER INSERT ON student
BEGIN UPDATE student_names SET changes = changes + 1; END;
CREATE TRIGGER student_names_update AFTER UPDATE OF number, name, department_id ON student
BEGIN UPDATE student_names SET changes = changes + 1; END;
CREATE TRIGGER student_names_delete AFTER DELETE ON student
BEGIN UPDATE student_names SET changes = changes + 1; END;
