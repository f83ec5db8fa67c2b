"""Who stored what, and uploads under way. The bytes themselves lie in the folder, by digest."""

from django.db import models

from santai.kernel.codes.service import PublicIdField


class StoredFile(models.Model):
    """One act of storing. The same content stored twice has two rows and one copy."""

    id = PublicIdField()
    digest = models.CharField("摘要", max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=200)
    size = models.BigIntegerField("大小")
    media_type = models.CharField("类型", max_length=120)
    stored_at = models.DateTimeField("保存时间")
    account = models.CharField("账号", max_length=80)
    account_name = models.CharField("姓名", max_length=120)

    class Meta:
        verbose_name = "文件"
        indexes = [models.Index(fields=["account", "-stored_at"], name="files_by_account")]


class UploadSession(models.Model):
    """A file that arrives in pieces. ``received`` bytes are on the disk; the client goes on from there after a break."""

    id = PublicIdField()
    name = models.CharField("文件名", max_length=200)
    size = models.BigIntegerField("大小")
    received = models.BigIntegerField("已收", default=0)
    accepted_types = models.JSONField("允许的类型")
    max_megabytes = models.PositiveIntegerField("上限 MB")
    account = models.CharField("账号", max_length=80)
    begun_at = models.DateTimeField("开始时间")
    touched_at = models.DateTimeField("最近时间", db_index=True)
    digest = models.CharField("摘要", max_length=64, blank=True)
    media_type = models.CharField("类型", max_length=120, blank=True)

    class Meta:
        verbose_name = "上传"
