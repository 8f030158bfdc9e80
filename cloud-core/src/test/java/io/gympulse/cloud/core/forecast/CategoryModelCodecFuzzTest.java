package io.gympulse.cloud.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/// Bytes are either refused, or a model that is written and read back unchanged.
class CategoryModelCodecFuzzTest {

  @FuzzTest
  void bytes_are_refused_or_read_back_as_they_are(byte[] bytes) {
    Optional<CategoryModel> model = decoded(bytes);
    if (model.isPresent()) {
      byte[] written = CategoryModelCodec.encode(model.get());
      assertThat(CategoryModelCodec.decode(written)).isEqualTo(model.get());
    }
  }

  private static Optional<CategoryModel> decoded(byte[] bytes) {
    try {
      return Optional.of(CategoryModelCodec.decode(bytes));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }
}
