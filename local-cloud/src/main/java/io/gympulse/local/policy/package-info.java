/// Evaluates AWS IoT policy documents: who may connect, publish, subscribe and receive.
/// Pure functions of document, policy variables and request.
@NullMarked
package io.gympulse.local.policy;

import org.jspecify.annotations.NullMarked;
