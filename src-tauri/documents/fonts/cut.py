from fontTools.ttLib import TTFont
from fontTools import subset
import sys
def gsub_single(font, tag):
    g=font['GSUB'].table; m={}
    for fr in g.FeatureList.FeatureRecord:
        if fr.FeatureTag==tag:
            for li in fr.Feature.LookupListIndex:
                for st in g.LookupList.Lookup[li].SubTable:
                    st=getattr(st,'ExtSubTable',st)
                    if hasattr(st,'mapping'): m.update(st.mapping)
    return m
ranges=[(0x20,0x7e),(0xa0,0x24f),(0x250,0x2af),(0x2b0,0x2ff),(0x300,0x36f),(0x370,0x3ff),(0x400,0x52f),(0x1e00,0x1eff),(0x2000,0x206f),(0x2070,0x209f),(0x20a0,0x20cf),(0x2100,0x214f),(0x2190,0x21ff),(0x2212,0x2212),(0x2202,0x22ff),(0x25a0,0x25ff),(0xfb01,0xfb02),(0xfffd,0xfffd)]
for w in ['Regular','SemiBold']:
    f=TTFont(f'package/web/Inter-{w}.woff2'); f.flavor=None
    print(w, sorted(f.keys()), len(f.getGlyphOrder()))
    t=gsub_single(f,'tnum')
    for c in f['cmap'].tables:
        if not c.isUnicode(): continue
        for cp,gn in list(c.cmap.items()):
            # only digits: point and comma keep their shape in running text
            if 0x30<=cp<=0x39 and gn in t: c.cmap[cp]=t[gn]
    o=subset.Options(); o.layout_features=[]; o.hinting=False; o.notdef_outline=True; o.name_IDs=['*']; o.glyph_names=False; o.drop_tables+=['GSUB','GPOS','GDEF','STAT','DSIG','gasp','meta']
    s=subset.Subsetter(o)
    s.populate(unicodes=[u for a,b in ranges for u in range(a,b+1)])
    s.subset(f)
    f.save(f'Inter-{w}.ttf')
    c=f.getBestCmap()
    print(len(f.getGlyphOrder()), sorted(f.keys()), {ch: ord(ch) in c for ch in 'åßł₹ЖΩ€£□−·–²¹\u00a0\u202f�'})
    hm=f['hmtx']; print([hm[c[0x30+i]][0] for i in range(10)], f['head'].unitsPerEm, f['name'].getDebugName(4))
