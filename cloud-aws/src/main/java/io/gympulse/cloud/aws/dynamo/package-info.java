/// The store in DynamoDB: the tables, one adapter per port, and the only class that calls the
/// service. AWS's types are not exposed; the tables' streams are read by [StreamRecords].
@NullMarked
package io.gympulse.cloud.aws.dynamo;

import org.jspecify.annotations.NullMarked;
