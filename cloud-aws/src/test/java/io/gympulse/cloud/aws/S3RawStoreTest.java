package io.gympulse.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.device.RawStore;
import io.gympulse.cloud.core.device.RawStoreContract;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class S3RawStoreTest extends RawStoreContract {
  private final S3Endpoint endpoint;
  private final S3Client client;

  S3RawStoreTest() throws IOException {
    endpoint = new S3Endpoint();
    client = endpoint.client();
  }

  @Override
  protected RawStore open() {
    return new S3RawStore(client, "bodies");
  }

  @AfterEach
  void stop() {
    client.close();
    endpoint.close();
  }

  @Test
  void an_object_has_its_keys_name() {
    open().put(KEY, new byte[] {'{', '}'});
    assertThat(endpoint.objects)
        .containsOnlyKeys("/bodies/raw/2026-05-01-0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11.json");
  }

  @Test
  void a_bucket_that_cannot_be_reached_is_an_unavailable_store() {
    endpoint.close();
    assertThatThrownBy(() -> open().put(KEY, new byte[0]))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("s3://bodies/raw/");
    assertThatThrownBy(() -> open().get(KEY)).isInstanceOf(StoreUnavailableException.class);
  }
}
