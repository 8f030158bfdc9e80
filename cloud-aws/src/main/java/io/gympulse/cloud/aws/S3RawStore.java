package io.gympulse.cloud.aws;

import io.gympulse.cloud.core.device.RawStore;
import io.gympulse.cloud.core.device.RawStore.RawKey;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Raw bodies as objects with the key's name, put only if none exists (`If-None-Match: *`).
public final class S3RawStore implements RawStore {
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client client;
  private final String bucket;

  /// @param client is not closed here
  public S3RawStore(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  @Override
  public boolean put(RawKey key, byte[] body) {
    try {
      client.putObject(
          it ->
              it.bucket(bucket)
                  .key(key.toString())
                  .contentType("application/json")
                  .ifNoneMatch("*"),
          RequestBody.fromBytes(body));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        return get(key).filter(it -> Arrays.equals(it, body)).isPresent();
      }
      throw unavailable(key, e);
    } catch (SdkException e) {
      throw unavailable(key, e);
    }
  }

  @Override
  public Optional<byte[]> get(RawKey key) {
    try {
      return Optional.of(
          client.getObjectAsBytes(it -> it.bucket(bucket).key(key.toString())).asByteArray());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw unavailable(key, e);
    }
  }

  private StoreUnavailableException unavailable(RawKey key, SdkException e) {
    return new StoreUnavailableException(
        "s3://%s/%s cannot be used: %s".formatted(bucket, key, e.getMessage()), e);
  }
}
