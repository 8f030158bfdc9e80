package io.gympulse.cloud.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeliveryFiguresTest {
  @Test
  void the_rate_is_of_those_still_there() {
    DeliveryFigures figures = new DeliveryFigures();
    assertThat(figures.rate()).isEqualTo(1);
    figures.addSent(9);
    figures.addGone(40);
    figures.addFailed(1);
    assertThat(figures.rate()).isEqualTo(0.9);
  }
}
