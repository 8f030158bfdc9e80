/// The SDK's clients, configured for functions with a short cold start. Composition roots build all
/// clients here.
@NullMarked
package io.gympulse.cloud.aws.client;

import org.jspecify.annotations.NullMarked;
