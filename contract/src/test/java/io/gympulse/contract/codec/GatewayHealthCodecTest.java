package io.gympulse.contract.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayHealth.SensorHealth;
import io.gympulse.contract.message.GatewayHealth.Sensors;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GatewayHealthCodecTest {
  private static final int SHADOW_LIMIT_BYTES = 8 * 1024;
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void two_thousand_sensors_still_fit_into_a_shadow_and_those_left_out_are_counted()
      throws IOException {
    List<SensorHealth> all =
        IntStream.range(0, 2_000).mapToObj(it -> sensor(it, it < 10 ? "stuck" : "free")).toList();
    GatewayHealth health = with(new Sensors(Map.of("stuck", 10, "free", 1_990), all, 0));
    byte[] update = GatewayHealthCodec.shadowUpdate(health);
    JsonNode state = new ObjectMapper().readTree(update).get("state");
    assertThat(state.toString().getBytes(UTF_8)).hasSizeLessThan(SHADOW_LIMIT_BYTES);

    Sensors read = decoded(GatewayHealthCodec.encode(health)).sensors();
    assertThat(read.listed())
        .hasSizeGreaterThan(40)
        .isEqualTo(all.subList(0, read.listed().size()));
    assertThat(read.listed().size() + read.omitted()).isEqualTo(2_000);
    assertThat(read.verdicts()).isEqualTo(Map.of("stuck", 10, "free", 1_990));
  }

  @Property(tries = 200)
  void any_number_of_sensors_with_any_reason_fits(
      @ForAll @IntRange(max = 300) int sensors, @ForAll String text) {
    String reason = SensorHealth.abridgedReason(text);
    List<SensorHealth> all =
        IntStream.range(0, sensors)
            .mapToObj(
                it ->
                    new SensorHealth(
                        new SensorId("s-" + it),
                        new MachineId("m"),
                        "dead",
                        AT,
                        reason,
                        new SensorHealth.Counts(it, Long.MAX_VALUE, 0),
                        Optional.of(AT)))
            .toList();
    byte[] body = GatewayHealthCodec.encode(with(new Sensors(Map.of(), all, 7)));
    assertThat(body).hasSizeLessThanOrEqualTo(GatewayHealthCodec.MAX_BYTES);
    Sensors read = decoded(body).sensors();
    assertThat(read.listed()).isEqualTo(all.subList(0, read.listed().size()));
    assertThat(read.omitted()).isEqualTo(7 + sensors - read.listed().size());
  }

  @Test
  void a_body_that_could_not_be_written_again_is_rejected_as_too_large() {
    String rows =
        String.join(
            ",",
            Stream.generate(() -> "[\"s\",\"m\",\"free\",1,0,0,0,\"%s\"]".formatted("x".repeat(99)))
                .limit(150)
                .toList());
    String body =
        new String(GatewayHealthCodec.encode(SampleHealth.unknown(GATEWAY, AT)), UTF_8)
            .replace("\"sensors\":[]", "\"sensors\":[" + rows + "]");
    DecodeResult<GatewayHealth> result = GatewayHealthCodec.decode(body.getBytes(UTF_8));
    assertThat(((DecodeResult.Invalid<GatewayHealth>) result).rejection().code())
        .isEqualTo(RejectionCode.TOO_LARGE);
  }

  /// Shadows merge what they are sent; JSON null removes a key, but is not allowed in an array.
  @Test
  void what_is_unknown_is_null_and_no_array_holds_null() throws IOException {
    JsonNode body =
        new ObjectMapper().readTree(GatewayHealthCodec.encode(SampleHealth.unknown(GATEWAY, AT)));
    assertThat(body.get("cpuTemperatureCelsius").isNull()).isTrue();
    JsonNode full =
        new ObjectMapper().readTree(GatewayHealthCodec.encode(SampleHealth.healthy(GATEWAY, AT)));
    assertThat(full.fieldNames()).toIterable().containsExactlyElementsOf(body::fieldNames);
    assertThat(full.findValues("sensors").toString()).doesNotContain("null");
  }

  private static GatewayHealth decoded(byte[] body) {
    return switch (GatewayHealthCodec.decode(body)) {
      case DecodeResult.Valid<GatewayHealth>(GatewayHealth health) -> health;
      case DecodeResult.Invalid<GatewayHealth> it ->
          throw new AssertionError(it.rejection().toString());
    };
  }

  private static SensorHealth sensor(int number, String verdict) {
    return new SensorHealth(
        new SensorId("machine-%d-seat".formatted(number)),
        new MachineId("machine-" + number),
        verdict,
        AT,
        verdict.equals("free") ? "" : "active for longer than 6 hours",
        new SensorHealth.Counts(41, 3, 0),
        Optional.of(AT));
  }

  private static GatewayHealth with(Sensors sensors) {
    GatewayHealth it = SampleHealth.healthy(GATEWAY, AT);
    return new GatewayHealth(
        it.from(), it.sentAt(), it.delivery(), it.device(), it.storage(), it.software(), sensors);
  }
}
