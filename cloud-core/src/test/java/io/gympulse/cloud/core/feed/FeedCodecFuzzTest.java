package io.gympulse.cloud.core.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/// Every line is either refused, or an update that is written and read back unchanged.
class FeedCodecFuzzTest {

  @FuzzTest
  void lines_are_refused_or_read_back_as_they_are(byte[] line) {
    Optional<FeedUpdate> update = decoded(new String(line, UTF_8));
    if (update.isPresent()) {
      String written = FeedCodec.encode(update.get());
      assertThat(written).doesNotContain("\n");
      assertThat(FeedCodec.decode(written)).isEqualTo(update.get());
    }
  }

  private static Optional<FeedUpdate> decoded(String line) {
    try {
      return Optional.of(FeedCodec.decode(line));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }
}
