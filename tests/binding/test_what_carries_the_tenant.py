"""Signatures, cache keys and file names: each names its tenant, and none is made without one."""

from pathlib import Path
from uuid import UUID

import pytest
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation, SuspiciousOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tieubieu.binding import PUBLIC, NoTenantBound, Scope, bound
from tieubieu.binding.cache import make_key
from tieubieu.binding.signing import BadSignature, SignatureExpired, sign, unsign
from tieubieu.binding.storage import BoundFiles, BoundS3, open_storage

HERE = Scope(schema="daklak", role="tb_daklak", slug="daklak", kind="province", tenant_id=UUID(int=1))
THERE = Scope(schema="khanhhoa", role="tb_khanhhoa", slug="khanhhoa", kind="province", tenant_id=UUID(int=2))


# --- Signatures --------------------------------------------------------------------------------------


def test_a_signature_is_read_back_where_it_was_made():
    with bound(HERE):
        assert unsign("certificate", sign("certificate", {"số": "01/2026"})) == {"số": "01/2026"}


@pytest.mark.parametrize("other", [THERE, PUBLIC])
def test_elsewhere_it_looks_like_a_forgery(other):
    with bound(HERE):
        token = sign("certificate", "1")

    with bound(other), pytest.raises(BadSignature):
        unsign("certificate", token)


def test_for_another_purpose_too():
    with bound(HERE), pytest.raises(BadSignature):
        unsign("invitation", sign("certificate", "1"))


def test_a_tenant_that_takes_over_a_name_does_not_inherit_its_links():
    """The signature is the tenant's own, not its name's: a schema may be given again after a merger."""
    heir = Scope(schema="daklak", role="tb_daklak", slug="daklak", kind="province", tenant_id=UUID(int=3))
    with bound(HERE):
        token = sign("certificate", "1")

    with bound(heir), pytest.raises(BadSignature):
        unsign("certificate", token)


def test_a_signature_of_the_plain_signer_is_none_of_ours():
    with bound(HERE), pytest.raises(BadSignature):
        unsign("certificate", signing.dumps("1", salt="certificate"))


def test_a_link_ends():
    with bound(HERE), pytest.raises(SignatureExpired):
        unsign("certificate", sign("certificate", "1"), max_age=-1)


def test_nothing_is_signed_or_read_without_a_tenant():
    with pytest.raises(NoTenantBound):
        sign("certificate", "1")
    with pytest.raises(NoTenantBound):
        unsign("certificate", "x")


# --- Cache -------------------------------------------------------------------------------------------


def test_the_same_key_of_two_tenants_is_two_keys():
    keys = set()
    for scope in (HERE, THERE, PUBLIC):
        with bound(scope):
            keys.add(make_key("số-hồ-sơ", "", 1))

    assert keys == {"daklak::1:số-hồ-sơ", "khanhhoa::1:số-hồ-sơ", "public::1:số-hồ-sơ"}


@pytest.mark.parametrize("ask", [lambda: cache.get("a"), lambda: cache.set("a", 1), lambda: cache.delete("a")])
def test_without_a_tenant_there_is_no_key(ask):
    with pytest.raises(NoTenantBound):
        ask()


# --- Files -------------------------------------------------------------------------------------------


def test_the_same_name_in_two_tenants_is_two_files():
    for scope in (HERE, THERE):
        with bound(scope):
            assert default_storage.save("ho-so/1.pdf", ContentFile(scope.slug.encode())) == "ho-so/1.pdf"

    for scope in (HERE, THERE):
        with bound(scope), default_storage.open("ho-so/1.pdf") as file:
            assert file.read() == scope.slug.encode()


def test_a_file_of_the_neighbour_is_not_there():
    with bound(HERE):
        default_storage.save("rieng.pdf", ContentFile(b"x"))

    with bound(THERE):
        assert not default_storage.exists("rieng.pdf")
        with pytest.raises(FileNotFoundError):
            default_storage.open("rieng.pdf")


@pytest.mark.parametrize("name", ["../khanhhoa/1.pdf", "a/../../khanhhoa/1.pdf", "/etc/passwd"])
@pytest.mark.parametrize("use", ["open", "exists", "delete", "size", "path"])
def test_no_name_leads_out_of_the_tenants_folder(name, use):
    with bound(HERE), pytest.raises(SuspiciousFileOperation):
        getattr(default_storage, use)(name)


def test_a_tenant_whose_name_begins_like_anothers_is_not_inside_it(tmp_path: Path):
    storage = BoundFiles(tmp_path)
    longer = Scope(schema="daklak2", role=None, slug="daklak2", kind="province", tenant_id=UUID(int=4))
    with bound(longer):
        storage.save("1.pdf", ContentFile(b"x"))

    with bound(HERE), pytest.raises(SuspiciousFileOperation):
        storage.open("../daklak2/1.pdf")


@pytest.mark.parametrize("use", ["open", "exists", "delete", "size", "path"])
def test_without_a_tenant_no_file_is_touched(use):
    with pytest.raises(NoTenantBound):
        getattr(default_storage, use)("1.pdf")


def test_a_file_has_no_public_address(tmp_path: Path):
    with bound(HERE), pytest.raises(ValueError, match="public address"):
        BoundFiles(tmp_path).url("1.pdf")


def test_in_a_bucket_each_tenant_has_its_prefix():
    storage = open_storage("s3+http://khoa:bi%2Fmat@kho.localhost:9000/tieubieu")
    assert isinstance(storage, BoundS3)

    for scope in (HERE, THERE):
        with bound(scope):
            assert storage._normalize_name("ho-so/1.pdf") == f"{scope.schema}/ho-so/1.pdf"
    with pytest.raises(NoTenantBound):
        storage._normalize_name("ho-so/1.pdf")


@pytest.mark.parametrize("name", ["../khanhhoa/1.pdf", "a/../../khanhhoa/1.pdf"])
def test_no_name_leads_out_of_the_prefix(name):
    storage = open_storage("s3://a:b@kho.example/tieubieu")

    with bound(HERE), pytest.raises(SuspiciousOperation):
        storage._normalize_name(name)


@pytest.mark.parametrize("url", ["", "/var/lib", "file:relative", "ftp://a/b", "s3://a:b@host", "s3:///bucket"])
def test_a_wrong_address_is_told(url):
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL"):
        open_storage(url)
