-- Processes that hold connections themselves do not store them.
DROP TABLE connection_topic;
DROP TABLE connection;
