package org.almosttls.handshake.almost.server;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.Credential;
import org.almosttls.config.CredentialRequest;
import org.almosttls.config.SessionStore.NewSessions;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.LeafKey;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.almost.AlmostTls;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.Hello;
import org.almosttls.record.RecordVersions;

/** Alice waits for somebody to say hello, and answers with her certificate (AlmostTLSv1 §3). */
public record WaitHello(TlsConfig config) implements HandshakeState {

    private record Chosen(Credential credential) implements Completion {}

    /** The server of AlmostTLSv1 and nothing else. */
    public static Transition begin(TlsConfig config) {
        return AlmostTls.spokenFrom(Transition.to(new WaitHello(config)).expectRecords(RecordVersions.ALMOST));
    }

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Hello)) throw unexpected(in);
        // Each connection is a session.
        Violation.NO_SESSION_TO_RESUME.when(config.sessions().newSessions() == NewSessions.REFUSED);
        Violation.CLIENT_AUTHENTICATION_MISSING.when(config.clientAuthentication() == ClientAuthentication.NEED);
        // A server that speaks TLS as well has known only now which it is.
        return AlmostTls.spokenFrom(Transition.to(this)).delegate(this::choose);
    }

    private Chosen choose() throws TlsAlertException {
        var request = new CredentialRequest(List.of(AlmostTls.KEY_TYPE), List.of(), AlmostTls.facts(config));
        return config.credentials()
                .select(request)
                .filter(each -> isFit(new LeafKey(each.certificate())))
                .map(Chosen::new)
                .orElseThrow(() -> Violation.NO_CREDENTIAL.exception(
                        "AlmostTLSv1 wants an RSA key that the key usage in its certificate lets be encrypted to"));
    }

    private static boolean isFit(LeafKey leaf) {
        return leaf.type().equals(AlmostTls.KEY_TYPE) && leaf.enciphers();
    }

    @Override
    public Transition resume(Completion completion) {
        var credential = ((Chosen) completion).credential;
        return Transition.to(new WaitEncryptedMasterSecret(config, credential))
                .send(EncodedMessage.of(CertificateChain.encode(credential)));
    }
}
