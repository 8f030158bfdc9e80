/// How messages are written as JSON, one codec a format. Decoding never throws for bad input: it
/// answers with a typed rejection that names the field.
@NullMarked
package io.gympulse.contract.codec;

import org.jspecify.annotations.NullMarked;
