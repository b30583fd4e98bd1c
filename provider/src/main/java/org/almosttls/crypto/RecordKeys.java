package org.almosttls.crypto;

/**
 * What protects the records of one direction; whoever holds them closes them.
 *
 * @param mac the MAC key, empty for AEAD
 * @param key the cipher's key
 * @param iv the implicit part of the nonce, empty where every record brings its own
 */
public record RecordKeys(Secret mac, Secret key, Secret iv) implements AutoCloseable {

    @Override
    public void close() {
        mac.close();
        key.close();
        iv.close();
    }
}
