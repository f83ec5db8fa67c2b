"""A published definition cannot be changed or deleted, whoever asks the database."""

from django.db import migrations

CREATE = """
create function exchange_items_keep_published() returns trigger language plpgsql as $$
begin
    if old.state <> 'draft' and (tg_op = 'DELETE' or new.definition is distinct from old.definition or new.version <> old.version
                                 or new.code <> old.code or new.digest <> old.digest or new.state = 'draft') then
        raise exception 'version % of item % is published and cannot be changed', old.version, old.code;
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger keep_published before update or delete on exchange_items_itemversion
    for each row execute function exchange_items_keep_published();
"""
DROP = """
drop trigger keep_published on exchange_items_itemversion;
drop function exchange_items_keep_published();
"""


class Migration(migrations.Migration):
    dependencies = [("exchange_items", "0001_item_versions")]
    operations = [migrations.RunSQL(CREATE, DROP)]
