package io.gympulse.cloud.api;

import io.gympulse.cloud.api.stream.Broadcast;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/// Names the adapters behind the ports.
@Factory
final class Composition {

  @Singleton
  Broadcast broadcast() {
    return new Broadcast();
  }
}
