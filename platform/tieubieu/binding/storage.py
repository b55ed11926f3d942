"""Files of the bound tenant, on a disk or in an S3 bucket, chosen by `settings.STORAGE_URL`.

`file:///var/lib/tieubieu/files` or `s3://key:secret@host/bucket` (`s3+http://` for a host without TLS).
A name always means a file of the bound tenant; files have no public address, a view serves them.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.functional import LazyObject
from storages.backends.s3 import S3Storage

from tieubieu.binding.scope import current, current_or_none


class BoundFiles(FileSystemStorage):
    """Each tenant's files under a folder of its own. Every use raises `NoTenantBound` outside a binding."""

    def __init__(self, root: str | Path) -> None:
        super().__init__(location=str(root))

    @property
    def location(self) -> str:  # type: ignore[override]  # cached by Django; ours changes with the tenant
        return str(Path(self.base_location).absolute() / current().schema)

    def url(self, name: str | None) -> str:
        raise ValueError("A tenant's file has no public address; a view that checks who asks serves it.")


class BoundS3(S3Storage):
    """Each tenant's files under a prefix of its own. Every use raises `NoTenantBound` outside a binding."""

    @property
    def location(self) -> str:
        scope = current_or_none()
        return scope.schema if scope else ""

    def _normalize_name(self, name: str) -> str:
        current()
        return str(super()._normalize_name(name))

    def url(self, name: str, *args: object, **kwargs: object) -> str:
        raise ValueError("A tenant's file has no public address; a view that checks who asks serves it.")


class BoundStorage(LazyObject):
    """The storage that `settings.STORAGE_URL` names."""

    def _setup(self) -> None:
        self._wrapped = open_storage(settings.STORAGE_URL)


def open_storage(url: str) -> Storage:
    """Return the storage behind a URL; raise `ImproperlyConfigured` for a URL of another kind."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path.startswith("/"):
        return BoundFiles(unquote(parts.path))
    if parts.scheme in ("s3", "s3+http") and parts.hostname and parts.path.strip("/"):
        return _open_s3(url)
    raise ImproperlyConfigured(
        "STORAGE_URL không đọc được; dạng đúng: file:///thư/mục hoặc s3://khóa:mật_khẩu@máy_chủ/kho"
        " / STORAGE_URL must be file:///folder or s3://key:secret@host/bucket"
    )


def _open_s3(url: str) -> BoundS3:
    parts = urlsplit(url)
    host = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
    return BoundS3(
        access_key=unquote(parts.username or ""),
        secret_key=unquote(parts.password or ""),
        endpoint_url=f"{'http' if parts.scheme == 's3+http' else 'https'}://{host}",
        bucket_name=parts.path.strip("/"),
        addressing_style="path",
        file_overwrite=False,
    )
