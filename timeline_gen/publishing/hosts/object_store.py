"""The one door to boto3: an object store, as far as a publisher needs it, with errors a person can read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar
from urllib.parse import quote

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
)
from botocore.exceptions import (
    ConnectionError as NoConnectionError,
)
from botocore.loaders import Loader
from botocore.session import get_session

from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.hosts.host import MovedError

Item = TypeVar("Item")
Result = TypeVar("Result")

_AT_ONCE: Final = 8
_DELETED_AT_ONCE: Final = 1000
"""The most that one call of DeleteObjects takes."""
_MOST_ADDRESSES: Final = 200
"""Addresses that a content network is to forget one by one; for more it is to forget everything."""
_MISSING: Final = frozenset({"NoSuchKey", "404", "NotFound"})
_MOVED: Final = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "412", "409"})
_UNKNOWN: Final = frozenset({"NotImplemented", "501"})
_SECRETS: Final = say("give them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or by `aws configure`")

_REFUSED: Final[Mapping[str, tuple[str, str]]] = {
    "AccessDenied": (
        say("the store refuses us that"),
        say("look at what the credentials may do with this bucket"),
    ),
    "403": (say("the store refuses us that"), say("look at what the credentials may do with this bucket")),
    "ExpiredToken": (say("the credentials have expired"), say("get new ones, then publish again")),
    "ExpiredTokenException": (say("the credentials have expired"), say("get new ones, then publish again")),
    "RequestExpired": (say("the credentials have expired, or the clock is wrong"), say("look at both")),
    "RequestTimeTooSkewed": (say("the clock of this machine is wrong"), say("set it")),
    "InvalidAccessKeyId": (say("the store does not know these credentials"), _SECRETS),
    "SignatureDoesNotMatch": (say("the store does not accept these credentials"), _SECRETS),
    "InvalidToken": (say("the store does not accept these credentials"), _SECRETS),
    "NoSuchBucket": (say("there is no such bucket"), say("look at 'bucket:' and 'endpoint:', or make it")),
    "QuotaExceeded": (say("there is no room left in the store"), say("make room there, then publish again")),
}


@dataclass(frozen=True, slots=True)
class Object:
    """An object, read."""

    data: bytes
    headers: Mapping[str, str]
    tag: str
    """Changes with every write."""


_FIELDS: Final[Mapping[str, str]] = {
    "Content-Type": "ContentType",
    "Cache-Control": "CacheControl",
    "Content-Language": "ContentLanguage",
}


_DESCRIPTIONS: Final = Loader()
"""What boto3 knows of each service; a tenth of a second to read."""


def _session() -> boto3.Session:
    """Return a session with the credentials that the environment gives now."""
    session = get_session()
    session.register_component("data_loader", _DESCRIPTIONS)
    return boto3.Session(botocore_session=session)


class StorageBucket:
    """A bucket, and the credentials that the environment gives for it."""

    def __init__(self, target: PublishTarget) -> None:
        self._bucket, self._prefix, self._cdn = target.bucket, target.prefix, target.cdn
        self._region = target.region or None
        with _worded():
            self._client: Any = self._open("s3", target.endpoint or None)

    def _open(self, service: str, endpoint: str | None) -> Any:  # noqa: ANN401 - boto3 makes its classes as it runs
        config = Config(
            connect_timeout=10,
            read_timeout=60,
            max_pool_connections=_AT_ONCE,
            retries={"max_attempts": 4, "mode": "standard"},
            # Other services than Amazon's often have no host name for each bucket.
            s3={"addressing_style": "path" if endpoint else "auto"},
            # Services with only an older S3 refuse the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        # A signature needs a region; Cloudflare's R2 calls its only one so, and others do not care.
        region = self._region or ("auto" if endpoint and service == "s3" else None)
        return _session().client(service, endpoint_url=endpoint, region_name=region, config=config)

    def get(self, key: str) -> Object | None:
        """Return the object under *key*, or None where there is none."""
        try:
            with _worded():
                found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + key)
                data = found["Body"].read()
        except _MissingError:
            return None
        headers = {name: found[field] for name, field in _FIELDS.items() if found.get(field)}
        return Object(data, headers, found["ETag"])

    def get_all(self, keys: Collection[str]) -> Iterator[tuple[str, Object | None]]:
        """Yield the objects under *keys*, several at once, in their order."""
        yield from zip(keys, _at_once(self.get, keys), strict=True)

    def put(self, key: str, data: bytes, headers: Mapping[str, str]) -> None:
        """Put *data* under *key*, to be sent with *headers*."""
        fields = {_FIELDS[name]: value for name, value in headers.items()}
        with _worded():
            self._client.put_object(Bucket=self._bucket, Key=self._prefix + key, Body=data, **fields)

    def put_if(self, key: str, data: bytes, *, tag: str) -> None:
        """Put *data* under *key* if what is there still has the *tag*; empty: if nothing is there.

        Raises ``MovedError`` otherwise. A store that knows no conditions is asked beforehand.
        """
        # RFC 9110, sections 13.1.1 and 13.1.2.
        condition = {"IfMatch": tag} if tag else {"IfNoneMatch": "*"}
        where = {"Bucket": self._bucket, "Key": self._prefix + key, "ContentType": "application/json"}
        try:
            with _worded():
                self._client.put_object(Body=data, **where, **condition)
        except _UnknownError:
            current = self.get(key)
            if (current.tag if current else "") != tag:
                raise MovedError(
                    say("someone else published there just now"), hint=say("publish again")
                ) from None
            with _worded():
                self._client.put_object(Body=data, **where)

    def copy(self, source: str, key: str, headers: Mapping[str, str]) -> bool:
        """Copy the object *source* to *key* without reading it, to be sent with *headers*.

        Tells whether it is there to be copied.
        """
        fields = {_FIELDS[name]: value for name, value in headers.items()}
        try:
            with _worded():
                self._client.copy_object(
                    Bucket=self._bucket,
                    Key=self._prefix + key,
                    CopySource={"Bucket": self._bucket, "Key": self._prefix + source},
                    # Otherwise the copy keeps the former headers, and S3 refuses to copy an object to itself.
                    MetadataDirective="REPLACE",
                    **fields,
                )
        except _MissingError:
            return False
        return True

    def delete(self, keys: Iterable[str]) -> None:
        """Delete *keys*, a thousand at once."""
        rest = iter(keys)
        while batch := list(islice(rest, _DELETED_AT_ONCE)):
            objects = [{"Key": self._prefix + key} for key in batch]
            with _worded():
                done = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": objects, "Quiet": True}
                )
            if failed := done.get("Errors"):
                raise _refusal(failed[0].get("Code", ""), failed[0].get("Message", ""))

    def names(self, folder: str, *, most: int | None = None) -> list[str]:
        """Return what lies right in *folder*, folders with a slash at their end; at most *most* of it."""
        prefix = self._prefix + folder
        found: list[str] = []
        for page in self._pages(Prefix=prefix, Delimiter="/"):
            found += (item["Prefix"].removeprefix(prefix) for item in page.get("CommonPrefixes", ()))
            found += (item["Key"].removeprefix(prefix) for item in page.get("Contents", ()))
            if most is not None and len(found) >= most:
                break
        return found

    def tags(self) -> dict[str, str]:
        """Return the tag of every object, by key."""
        return {
            item["Key"].removeprefix(self._prefix): item["ETag"].strip('"')
            for page in self._pages(Prefix=self._prefix)
            for item in page.get("Contents", ())
        }

    def _pages(self, **where: str) -> Iterator[Mapping[str, Any]]:
        pages = iter(self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, **where))
        while True:
            with _worded():
                # The paginator asks the store here, and so it is here that errors come.
                page = next(pages, None)
            if page is None:
                return
            yield page

    def at_once(self, work: Callable[[Item], Result], items: Collection[Item]) -> list[Result]:
        """Return what *work* does with each of *items*, several at once; the first error ends it."""
        return list(_at_once(work, items))

    def tell_network(self, paths: Collection[str], mark: str) -> None:
        """Tell the content network, if there is one, that what it has of *paths* is out of date."""
        if not self._cdn or not paths:
            return
        addresses = sorted({f"/{_address(path)}" for path in paths})
        if len(addresses) > _MOST_ADDRESSES:
            addresses = ["/*"]
        batch = {"Paths": {"Quantity": len(addresses), "Items": addresses}, "CallerReference": mark}
        with _worded():
            client = self._open("cloudfront", None)
            client.create_invalidation(DistributionId=self._cdn, InvalidationBatch=batch)


def _address(path: str) -> str:
    # CloudFront takes addresses as browsers ask for them, and refuses letters beyond ASCII.
    return quote(path.removesuffix("index.html"))


def _at_once(work: Callable[[Item], Result], items: Collection[Item]) -> Iterator[Result]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        futures = [pool.submit(work, item) for item in items]
        try:
            for future in futures:
                yield future.result()
        finally:
            for future in futures:
                future.cancel()


# ---------------------------------------------------------------- what goes wrong


class _MissingError(UsageError):
    """There is no such object."""


class _UnknownError(UsageError):
    """The store does not know what it was asked."""


@contextmanager
def _worded() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        answer = error.response.get("Error", {})
        raise _refusal(answer.get("Code", ""), answer.get("Message", "")) from error
    except (NoCredentialsError, PartialCredentialsError) as error:
        raise UsageError(say("there are no credentials for the store"), hint=_SECRETS) from error
    except NoRegionError as error:
        raise UsageError(
            say("the store's region is not known"), hint=say("write region: eu-central-1")
        ) from error
    except (NoConnectionError, HTTPClientError) as error:
        raise UsageError(
            say("the store cannot be reached, or hung up"),
            hint=say("look at the network and at 'endpoint:'; then publish again"),
        ) from error
    except BotoCoreError as error:
        raise UsageError(say("the store cannot be used: {error}", error=error)) from error


def _refusal(code: str, message: str) -> UsageError:
    if code in _MISSING:
        return _MissingError(
            say("nothing known is at that address"), hint=say("look at 'endpoint:' and 'bucket:'")
        )
    if code in _MOVED:
        return MovedError(say("someone else published there just now"), hint=say("publish again"))
    if code in _UNKNOWN:
        return _UnknownError(
            say("the store does not know what it was asked to do"),
            hint=say("look whether it speaks all of S3's language, and at 'endpoint:'"),
        )
    if code in _REFUSED:
        reason, hint = _REFUSED[code]
        return UsageError(reason, hint=hint)
    return UsageError(
        say("the store refuses it ({code}): {rstrip}", code=code, rstrip=message.rstrip(".")),
        hint=say("publish again"),
    )
