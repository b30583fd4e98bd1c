package org.almosttls.jsse;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.X509ExtendedKeyManager;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialRequest;
import org.almosttls.config.CredentialSource;
import org.almosttls.config.HandshakeFacts;
import org.almosttls.registry.Role;

/** Has the context's key manager choose a key; whatever of alias, key and chain is missing, there is no credential. */
final class KeyManagerCredentials implements CredentialSource {

    private final X509ExtendedKeyManager keys;
    private final Asker asker;
    private final Role role;
    private final Consumer<HandshakeFacts> learner;

    /**
     * @param role of this end
     * @param learner told what is known, so that the handshake session answers what the key manager asks it
     */
    KeyManagerCredentials(X509ExtendedKeyManager keys, Asker asker, Role role, Consumer<HandshakeFacts> learner) {
        this.keys = keys;
        this.asker = asker;
        this.role = role;
        this.learner = learner;
    }

    @Override
    public Optional<Credential> select(CredentialRequest request) {
        learner.accept(request.facts());
        return role == Role.CLIENT ? ofClient(request) : ofServer(request);
    }

    private Optional<Credential> ofClient(CredentialRequest request) {
        var keyTypes = request.keyTypes().toArray(new String[0]);
        return ofAlias(asker.chooseClientAlias(keys, keyTypes, issuers(request)));
    }

    /** A server's key manager is asked for one key type after the other. */
    private Optional<Credential> ofServer(CredentialRequest request) {
        return request.keyTypes().stream()
                .flatMap(keyType -> ofAlias(asker.chooseServerAlias(keys, keyType, issuers(request))).stream())
                .findFirst();
    }

    /** Null stands for any issuer. */
    private static Principal[] issuers(CredentialRequest request) {
        return request.issuers().isEmpty() ? null : request.issuers().toArray(new Principal[0]);
    }

    private Optional<Credential> ofAlias(String alias) {
        if (alias == null) return Optional.empty();
        var key = keys.getPrivateKey(alias);
        var chain = keys.getCertificateChain(alias);
        if (key == null || chain == null || chain.length == 0) return Optional.empty();
        return Optional.of(new Credential(List.of(chain), key));
    }
}
