-- The rows a joint case of seven departments cannot do without, written and changed by plain SQL in one database: the floor that
-- bench_joint.py compares the services with. Fixed; one call of floor_case() is one case from filing to completion:
-- application, view, seven sub-cases with process, clocks and tasks, one check, one examination or record and one decision each,
-- a timeline line, a ledger entry and a message with two deliveries for every step, documents, licences; one commit a step (21).
create table f_case (case_no text primary key, state text, content jsonb, checks_open int, branches_open int, changed_at timestamptz);
create table f_view (case_no text primary key, state text, step text, parts jsonb, clocks jsonb, changed_at timestamptz);
create table f_part (sub_case_no text primary key, case_no text, state text, outcome text);
create table f_process (subject text primary key, state bytea, acts int);
create table f_task (id uuid primary key, subject text, element text, state text, account text);
create table f_clock (id uuid primary key, subject text, rule text, state text, due_at timestamptz);
create table f_line (id uuid primary key, case_no text, event text, text text, at timestamptz);
create table f_opinion (id uuid primary key, sub_case_no text, text text, at timestamptz);
create table f_document (document_no text primary key, case_no text, data jsonb);
create table f_licence (identifier text primary key, case_no text, data jsonb);
create table f_ledger (id uuid primary key, on_what text, act text, details jsonb, at timestamptz);
create table f_message (id uuid primary key, name text, payload jsonb, at timestamptz);
create table f_delivery (seq bigserial primary key, message_id uuid, destination text, state text);
create index on f_part (case_no); create index on f_task (subject); create index on f_clock (subject); create index on f_line (case_no);
create index on f_ledger (on_what); create index on f_delivery (state);

create function floor_step(no text, step text) returns void language plpgsql as $$
declare message uuid := gen_random_uuid();
begin
    perform 1 from f_case where case_no = no for update;
    update f_case set changed_at = clock_timestamp() where case_no = no;
    insert into f_line values (gen_random_uuid(), no, step, 'officials', clock_timestamp());
    insert into f_line values (gen_random_uuid(), no, step, 'applicant', clock_timestamp());
    update f_view set step = floor_step.step, changed_at = clock_timestamp() where case_no = no;
    insert into f_ledger values (gen_random_uuid(), 'case:' || no, step, '{"outcome": ""}', clock_timestamp());
    insert into f_message values (message, 'case_progressed', jsonb_build_object('case_no', no, 'event', step), clock_timestamp());
    insert into f_delivery (message_id, destination, state) values (message, 'front.hall', 'pending'), (message, 'oversight', 'pending');
    update f_delivery set state = 'done' where message_id = message;
end $$;

create procedure floor_case(no text, content jsonb) language plpgsql as $$
declare branch text; task uuid;
begin
    insert into f_case values (no, 'checking', content, 7, 7, clock_timestamp());
    insert into f_view values (no, 'received', '', '{}', '[]', clock_timestamp());
    perform floor_step(no, 'submitted');
    insert into f_process values ('case:' || no, repeat('x', 1800)::bytea, 1);
    insert into f_clock values (gen_random_uuid(), 'case:' || no, 'correction', 'running', now());
    foreach branch in array array['gs', 'sw', 'cz', 'zj', 'tj', 'wz', 'hb'] loop
        insert into f_part values (no || branch, no, 'checking', '');
        insert into f_process values (no || branch, repeat('x', 1800)::bytea, 1);
        insert into f_task values (gen_random_uuid(), no || branch, 'check', 'open', '');
        perform floor_step(no, 'sub_case_opened');
    end loop;
    insert into f_document values (no || 'receipt', no, '{}');
    commit;
    foreach branch in array array['gs', 'sw', 'cz', 'zj', 'tj', 'wz', 'hb'] loop
        update f_task set state = 'done' where subject = no || branch and state = 'open' returning id into task;
        update f_process set state = repeat('y', 1800)::bytea, acts = acts + 1 where subject = no || branch;
        update f_part set state = 'checked' where sub_case_no = no || branch;
        update f_case set checks_open = checks_open - 1 where case_no = no;
        insert into f_opinion values (gen_random_uuid(), no || branch, '齐全', now());
        perform floor_step(no, 'material_checked');
        commit;
    end loop;
    update f_clock set state = 'met' where subject = 'case:' || no;
    insert into f_document values (no || 'acceptance', no, '{}');
    foreach branch in array array['gs', 'sw', 'cz', 'zj', 'tj', 'wz', 'hb'] loop
        update f_part set state = 'examining' where sub_case_no = no || branch;
        insert into f_clock values (gen_random_uuid(), no || branch, 'promised', 'running', now()), (gen_random_uuid(), no || branch, 'statutory', 'running', now());
        insert into f_task values (gen_random_uuid(), no || branch, 'examine', 'open', '');
        perform floor_step(no, 'accepted');
    end loop;
    commit;
    foreach branch in array array['gs', 'sw', 'cz', 'hb'] loop
        update f_task set state = 'done' where subject = no || branch and state = 'open';
        update f_process set state = repeat('z', 1800)::bytea, acts = acts + 1 where subject = no || branch;
        insert into f_task values (gen_random_uuid(), no || branch, 'decide', 'open', '');
        insert into f_opinion values (gen_random_uuid(), no || branch, '建议准予', now());
        perform floor_step(no, 'examined');
        commit;
    end loop;
    foreach branch in array array['gs', 'sw', 'cz', 'zj', 'tj', 'wz', 'hb'] loop
        update f_task set state = 'done' where subject = no || branch and state = 'open';
        update f_process set state = repeat('w', 900)::bytea, acts = acts + 1 where subject = no || branch;
        update f_clock set state = 'met' where subject = no || branch;
        update f_part set state = 'finished', outcome = 'granted' where sub_case_no = no || branch;
        update f_case set branches_open = branches_open - 1 where case_no = no;
        insert into f_opinion values (gen_random_uuid(), no || branch, '准予', now());
        insert into f_document values (no || branch, no, '{}');
        if branch in ('gs', 'sw', 'cz', 'hb') then
            insert into f_licence values (no || branch, no, content);
            perform floor_step(no, 'licence_issued');
        end if;
        perform floor_step(no, 'decided');
        commit;
    end loop;
    update f_process set acts = acts + 1 where subject = 'case:' || no;
    update f_case set state = 'completed' where case_no = no;
    update f_view set state = 'completed' where case_no = no;
    perform floor_step(no, 'completed');
    commit;
end $$;
