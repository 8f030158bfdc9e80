/// Bodies as they came in, kept before anything is made of them.
/// Whatever is derived from them can be derived again.
@NullMarked
package io.gympulse.cloud.core.raw;

import org.jspecify.annotations.NullMarked;
