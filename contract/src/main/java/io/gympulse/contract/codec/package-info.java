/// The JSON formats of messages, one codec per format. Decoding never throws for bad input: it
/// returns a typed rejection that names the field.
@NullMarked
package io.gympulse.contract.codec;

import org.jspecify.annotations.NullMarked;
