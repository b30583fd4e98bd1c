package org.almosttls.registry;

/** RFC 5246 §7.4.4, RFC 8422 §5.5 and the IANA registry: the kinds of key a server takes from a client. */
public record ClientCertificateType(int code) {

    private static final Names NAMES = Names.of("", """
            01 rsa_sign dss_sign rsa_fixed_dh dss_fixed_dh rsa_ephemeral_dh_RESERVED dss_ephemeral_dh_RESERVED
            14 fortezza_dms_RESERVED
            40 ecdsa_sign rsa_fixed_ecdh ecdsa_fixed_ecdh gost_sign256 gost_sign512
            """);

    public static final ClientCertificateType RSA_SIGN = new ClientCertificateType(0x01);
    public static final ClientCertificateType DSS_SIGN = new ClientCertificateType(0x02);
    public static final ClientCertificateType ECDSA_SIGN = new ClientCertificateType(0x40);

    /** The registry's name, or {@code 0xNN} for a number without one. */
    public String name() {
        return NAMES.ofUint8(code);
    }

    @Override
    public String toString() {
        return name();
    }
}
