/// JSON trees and a cursor that reads them field by field. Codecs, and everything else that
/// processes events in the cloud, use them in place of an `ObjectMapper`.
@NullMarked
package io.gympulse.contract.json;

import org.jspecify.annotations.NullMarked;
