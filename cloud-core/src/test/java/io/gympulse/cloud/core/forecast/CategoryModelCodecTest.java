package io.gympulse.cloud.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CategoryModelCodecTest {
  private static final CategoryModel MODEL = SampleHistory.model(4, 40);

  @Test
  void a_model_is_read_back_as_it_was() {
    byte[] bytes = CategoryModelCodec.encode(MODEL);
    assertThat(CategoryModelCodec.decode(bytes)).isEqualTo(MODEL);
    assertThat(CategoryModelCodec.encode(CategoryModelCodec.decode(bytes))).isEqualTo(bytes);
    assertThat(bytes).hasSizeLessThan(8_192);
  }

  @Test
  void bytes_cut_off_anywhere_or_lengthened_are_refused() {
    byte[] bytes = CategoryModelCodec.encode(MODEL);
    for (int length = 0; length < bytes.length; length += length < 40 ? 1 : 97) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> CategoryModelCodec.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> CategoryModelCodec.decode(longer))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void another_version_is_refused_by_name() {
    byte[] later = CategoryModelCodec.encode(MODEL);
    later[0] = 2;
    assertThatThrownBy(() -> CategoryModelCodec.decode(later)).hasMessageContaining("version 2");
  }
}
