package io.gympulse.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.aws.IotEndpoint.Publication;
import io.gympulse.cloud.aws.client.AwsServices;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iotdataplane.model.IotDataPlaneException;

/// Uses the SDK's real client over loopback.
class IotDevicePublisherTest {
  private static final byte[] PAYLOAD = "{\"version\":1}".getBytes(StandardCharsets.UTF_8);

  private IotEndpoint endpoint;
  private DevicePublisher publisher;

  @BeforeEach
  void start() throws IOException {
    endpoint = new IotEndpoint();
    publisher = AwsServices.withKey("eu-north-1", "AKID", "hush").devicePublisher(endpoint.url());
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void a_message_is_posted_to_its_topic_with_qos_0() {
    publisher.publish("org/riverside/gateways/gw-1/acks", PAYLOAD);

    Publication it = endpoint.published().getFirst();
    assertThat(it.method()).isEqualTo("POST");
    assertThat(it.uri().getPath()).isEqualTo("/topics/org/riverside/gateways/gw-1/acks");
    assertThat(it.uri().getRawPath()).doesNotContain("/org/");
    assertThat(it.uri().getQuery()).isEqualTo("qos=0");
    assertThat(it.payload()).isEqualTo(ByteBuffer.wrap(PAYLOAD));
  }

  @Test
  void a_request_is_signed_for_the_data_plane() {
    publisher.publish("gympulse/errors", PAYLOAD);

    assertThat(endpoint.published().getFirst().authorization())
        .contains("AKID")
        .contains("/eu-north-1/iotdata/aws4_request")
        .doesNotContain("hush");
  }

  @Test
  void a_message_that_the_broker_rejects_fails() {
    endpoint.answerFromNowOn(403);

    assertThatThrownBy(() -> publisher.publish("gympulse/errors", PAYLOAD))
        .isInstanceOf(IotDataPlaneException.class);
  }

  @Test
  void a_transient_failure_is_retried() {
    endpoint.answerFromNowOn(503);

    assertThatThrownBy(() -> publisher.publish("gympulse/errors", PAYLOAD))
        .isInstanceOf(IotDataPlaneException.class);
    assertThat(endpoint.published()).hasSizeGreaterThan(1);
  }
}
