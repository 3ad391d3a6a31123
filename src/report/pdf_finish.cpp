#include "report/pdf_finish.hpp"

#include <fmt/format.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <cassert>
#include <memory>
#include <set>
#include <string_view>

namespace resmon::report {

namespace {

using Object = QPDFObjectHandle;
using Token = QPDFTokenizer::Token;

/// Wraps all content that belongs to no tag in `/Artifact BMC … EMC` (PDF 1.7, 14.8.2.2): screen readers skip it.
class ArtifactFilter : public Object::TokenFilter {
public:
    void handleToken(const Token& token) override {
        waiting_.push_back(token);
        if (token.getType() != QPDFTokenizer::tt_word && token.getType() != QPDFTokenizer::tt_inline_image) return;
        const std::string& operation = token.getValue();
        const bool begins = operation == "BDC" || operation == "BMC";
        if (begins && depth_++ == 0) close();
        if (depth_ == 0 && starts_drawing(operation)) open();
        for (const Token& one : waiting_) writeToken(one);
        waiting_.clear();
        if (operation == "EMC") --depth_;
    }

    void handleEOF() override {
        for (const Token& one : waiting_) writeToken(one);
        waiting_.clear();
        close();
    }

private:
    [[nodiscard]] static bool starts_drawing(const std::string& operation) {
        static const std::set<std::string> first{"BT", "m", "re", "Do", "sh"};
        return first.count(operation) > 0;
    }

    void open() {
        if (!is_open_) write("/Artifact BMC\n");
        is_open_ = true;
    }

    void close() {
        if (is_open_) write("\nEMC\n");
        is_open_ = false;
    }

    std::vector<Token> waiting_;
    int depth_ = 0;
    bool is_open_ = false;
};

/// Walks the tree of tags in the order of reading.
class TagFinisher {
public:
    explicit TagFinisher(const std::vector<std::string>& figures) : figures_{figures} {}

    void finish(Object tag) {
        if (!tag.isDictionary()) return;
        if (const std::string type = name_of(tag); type == "/Figure") {
            // Every figure was given its words when it was drawn.
            assert(next_ < figures_.size());
            tag.replaceKey("/Alt", Object::newUnicodeString(figures_.at(next_++)));
        } else if (type == "/TR") {
            finish_row(tag);
        }
        for (const Object& child : children_of(tag)) finish(child);
    }

private:
    [[nodiscard]] static std::string name_of(const Object& tag) {
        Object type = Object{tag}.getKey("/S");
        return type.isName() ? type.getName() : "";
    }

    [[nodiscard]] static std::vector<Object> children_of(Object tag) {
        Object children = tag.getKey("/K");
        return children.isArray() ? children.getArrayAsVector() : std::vector{children};
    }

    /// A row of headers names its columns; a single one names its row.
    static void finish_row(const Object& row) {
        const std::vector<Object> cells = children_of(row);
        bool is_head = true;
        for (const Object& cell : cells) is_head = is_head && name_of(cell) == "/TH";
        for (Object cell : cells)
            if (name_of(cell) == "/TH")
                cell.replaceKey(
                    "/A", Object::parse(is_head ? "<< /O /Table /Scope /Column >>" : "<< /O /Table /Scope /Row >>"));
    }

    const std::vector<std::string>& figures_;
    std::size_t next_ = 0;
};

std::string escaped(std::string_view text) {
    std::string xml;
    for (const char character : text) switch (character) {
            case '&': xml += "&amp;"; break;
            case '<': xml += "&lt;"; break;
            case '>': xml += "&gt;"; break;
            default: xml += character;
        }
    return xml;
}

/// Title and language once more, for archives (XMP, ISO 16684-1).
Object metadata_of(QPDF& file, const PdfWords& words) {
    Object stream = Object::newStream(
        &file,
        fmt::format(
            "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
            R"(<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">)"
            R"(<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" )"
            R"(xmlns:xmp="http://ns.adobe.com/xap/1.0/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li>)"
            R"(</rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator><dc:language>)"
            R"(<rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language><xmp:CreateDate>{}</xmp:CreateDate>)"
            "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>",
            escaped(words.title), escaped(words.author), words.language, words.made));
    stream.getDict().replaceKey("/Type", Object::newName("/Metadata"));
    stream.getDict().replaceKey("/Subtype", Object::newName("/XML"));
    return stream;
}

void finish_pages(QPDF& file, const std::vector<std::string>& links) {
    std::size_t next = 0;
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper{file}.getAllPages()) {
        page.addContentTokenFilter(std::make_shared<ArtifactFilter>());
        page.getObjectHandle().replaceKey("/Tabs", Object::newName("/S"));
        for (QPDFAnnotationObjectHelper& link : page.getAnnotations("/Link"))
            if (next < links.size())
                link.getObjectHandle().replaceKey("/Contents", Object::newUnicodeString(links[next++]));
    }
}

}  // namespace

std::string finished_pdf(const std::string& drawn, const PdfWords& words) {
    QPDF file;
    file.processMemoryFile("paper", drawn.data(), drawn.size());
    Object root = file.getRoot();
    root.replaceKey("/Lang", Object::newUnicodeString(words.language));
    root.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));
    root.replaceKey("/Metadata", file.makeIndirectObject(metadata_of(file, words)));
    TagFinisher{words.figures}.finish(root.getKey("/StructTreeRoot"));
    finish_pages(file, words.links);

    QPDFWriter writer{file};
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setMinimumPDFVersion("1.7");
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace resmon::report
