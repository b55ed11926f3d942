"""Documents of record: what was printed, from what, and the very bytes.

    make_document("certificate", certificate, "certificate", data)   # the same words give the same row
    open_document(document_id)                                       # the bytes, checked against their digest

Three things are kept apart: what a document says (`ink.certificate.CertificateData` and its like), what it looks like
(`layouts/<name>/main.typ`), and the ink that turns the one into the other (`ink.render`).
"""
