/// What every HTTP server of the product checks of a request before it is read.
@NullMarked
package io.gympulse.contract.http;

import org.jspecify.annotations.NullMarked;
