package org.almosttls.jsse;

import java.util.Optional;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.net.ssl.SSLKeyException;
import org.almosttls.api.EarlyData;
import org.almosttls.api.KeyingMaterial;
import org.almosttls.api.PreSharedKeys;

/** What engines and sockets give applications beyond the platform's interface, and in which they do not differ. */
interface FacedApi extends KeyingMaterial, PreSharedKeys, EarlyData {

    ConnectionFace face();

    @Override
    default SecretKey exportKeyingMaterialKey(String keyAlg, String label, byte[] context, int length)
            throws SSLKeyException {
        return face().exportedKeys().exportKeyingMaterialKey(keyAlg, label, context, length);
    }

    @Override
    default byte[] exportKeyingMaterialData(String label, byte[] context, int length) throws SSLKeyException {
        return face().exportedKeys().exportKeyingMaterialData(label, context, length);
    }

    @Override
    default void offerPreSharedKey(byte[] identity, SecretKey key, String hash) {
        face().wishesBefore().externalKeys().offer(identity, key, hash);
    }

    @Override
    default void acceptPreSharedKeys(String hash, Function<byte[], Optional<SecretKey>> keyOf) {
        face().wishesBefore().externalKeys().accept(hash, keyOf);
    }

    @Override
    default Optional<byte[]> preSharedKeyIdentity() {
        return face().externalIdentity();
    }

    @Override
    default void sendEarlyData(byte[] data) {
        face().wishesBefore().sendEarly(data);
    }

    @Override
    default void acceptEarlyData(int most) {
        face().wishesBefore().acceptEarly(most);
    }

    @Override
    default byte[] receivedEarlyData() {
        return face().takeEarlyData();
    }

    @Override
    default boolean isEarlyDataAccepted() {
        return face().isEarlyDataTaken();
    }
}
