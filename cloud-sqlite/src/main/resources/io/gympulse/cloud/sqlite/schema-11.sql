-- Where processes hold connections themselves, none is kept in a store.
DROP TABLE connection_topic;
DROP TABLE connection;
