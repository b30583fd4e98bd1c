package org.almosttls.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.choice.PerOperationBackend;

/** The usual primitives, but every secret and key pair that they make is remembered, and public keys can be spoilt. */
public final class SpiedCrypto {

    private final List<Secret> secrets = new ArrayList<>();
    private final List<byte[]> premasters = new ArrayList<>();
    private final List<Spied> agreements = new ArrayList<>();
    private Optional<byte[]> spoiltPublicKey = Optional.empty();

    /** From now on key pairs say that this is their public key. */
    public SpiedCrypto spoilPublicKeys(byte[] publicKey) {
        spoiltPublicKey = Optional.of(publicKey);
        return this;
    }

    /** Every secret that primitives were given or have made, so far. */
    public List<Secret> secrets() {
        return List.copyOf(secrets);
    }

    /** The octets of every premaster secret that was agreed on or decrypted, copied before it could be erased. */
    public List<byte[]> premasters() {
        return List.copyOf(premasters);
    }

    /** How many key pairs have been made and not closed. */
    public long agreementsOpen() {
        return agreements.stream().filter(each -> !each.closed).count();
    }

    public CryptoBackend backend() {
        var usual = PerOperationBackend.platform();
        return (CryptoBackend) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CryptoBackend.class}, (proxy, method, arguments) -> {
                    try {
                        return remembered(method.invoke(usual, arguments), arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private Object remembered(Object made, Object[] arguments) {
        for (var argument : arguments == null ? new Object[0] : arguments) {
            if (argument instanceof Secret secret) secrets.add(secret);
        }
        if (made instanceof Secret secret) remember(secret);
        if (!(made instanceof KeyAgreement agreement)) return made;
        var spied = new Spied(agreement);
        agreements.add(spied);
        return spied;
    }

    private void remember(Secret premaster) {
        secrets.add(premaster);
        premasters.add(premaster.bytes().clone());
    }

    private final class Spied implements KeyAgreement {

        private final KeyAgreement real;
        private boolean closed;

        Spied(KeyAgreement real) {
            this.real = real;
        }

        @Override
        public byte[] publicKey() {
            return spoiltPublicKey.orElseGet(real::publicKey);
        }

        @Override
        public Secret agree(byte[] peerKey) throws TlsAlertException {
            var secret = real.agree(peerKey);
            remember(secret);
            return secret;
        }

        @Override
        public void close() {
            closed = true;
            real.close();
        }
    }
}
