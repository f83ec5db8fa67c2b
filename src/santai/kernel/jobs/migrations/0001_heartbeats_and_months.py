"""The workers' heartbeat, and the function that makes month partitions with its owner's rights."""

from django.db import migrations, models

CREATE = """
create function kernel_jobs_ensure_month(table_name text, month date) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
-- Creates the partition <table>_<yyyymm> of a table partitioned by range, unless it exists. The application's role owns no table and may
-- call this: all it can do is add an empty month to a table that is already partitioned and belongs to this function's owner.
declare
    parent oid;
    part text := table_name || '_' || to_char(month, 'YYYYMM');
    stranger name;
begin
    select c.oid into parent from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relname = table_name and c.relkind = 'p' and c.relowner = current_user::regrole;
    if parent is null then
        raise exception 'not a partitioned table of this owner: %', table_name;
    end if;
    if extract(day from month) <> 1 or month < '2000-01-01' or month > '2200-01-01' then
        raise exception 'not the first day of a sensible month: %', month;
    end if;
    if to_regclass(format('public.%I', part)) is not null then
        return false;
    end if;
    perform set_config('lock_timeout', '3s', true);
    execute format('create table public.%I (like public.%I including defaults including constraints including storage)', part, table_name);
    execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)', table_name, part,
        to_char(month, 'YYYY-MM-DD') || ' 00:00+08', to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00+08');
    -- rows are reached through the parent only, whose rights decide
    for stranger in select distinct r.rolname from pg_class c, aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
        where c.oid = to_regclass(format('public.%I', part)) and a.grantee <> c.relowner
    loop
        execute format('revoke all on public.%I from %I', part, stranger);
    end loop;
    return true;
end $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("worker", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("zone", models.CharField(max_length=20)),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
                ("done", models.BigIntegerField(default=0)),
                ("running", models.JSONField(default=dict)),
                ("troubles", models.JSONField(default=dict)),
            ],
        ),
        migrations.RunSQL(CREATE, "drop function kernel_jobs_ensure_month(text, date)"),
    ]
