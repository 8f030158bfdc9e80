/// The messages between gateway and cloud, as values. Their JSON is defined by the codecs, their
/// guarantees by the protocol between gateway and cloud.
@NullMarked
package io.gympulse.contract.message;

import org.jspecify.annotations.NullMarked;
