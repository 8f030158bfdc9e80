/// Evaluates AWS IoT policy documents: who may connect, publish, subscribe and receive.
/// Pure: a document, a device and a request give a decision.
@NullMarked
package io.gympulse.local.policy;

import org.jspecify.annotations.NullMarked;
