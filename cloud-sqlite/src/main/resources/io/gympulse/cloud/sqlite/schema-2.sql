-- The summary of an event that stands for coalesced ones; all absent for any other event.
-- stands_from: the first sequence number it stands for; times in milliseconds.
ALTER TABLE event ADD COLUMN stands_from INTEGER;
ALTER TABLE event ADD COLUMN occupied INTEGER;
ALTER TABLE event ADD COLUMN free INTEGER;
ALTER TABLE event ADD COLUMN unknown INTEGER;
ALTER TABLE event ADD COLUMN transitions INTEGER;
